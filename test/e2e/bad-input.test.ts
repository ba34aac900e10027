/** What a person is told when something is wrong, before anything is touched. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { CLI } from "../../testing/cli.ts";
import { containersOf, TEST_PREFIX } from "../../testing/docker.ts";
import { findPulumi } from "../../testing/pulumi.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";

let folder: string;
let stack: TestStack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  await mkdir(join(folder, "empty"));
  await mkdir(join(folder, "malformed"));
  await writeFile(join(folder, "malformed", "docker-compose.yml"), "services:\n  api: [\n");
  // Every program that the Pulumi CLI needs, and no docker.
  await mkdir(join(folder, "bin"));
  await symlink(process.execPath, join(folder, "bin", "node"));
  await symlink("/bin/sh", join(folder, "bin", "sh"));
  stack = await createTestStack();
});

afterAll(async () => {
  await stack?.dispose();
  await rm(folder, { recursive: true, force: true });
});

interface BadInput {
  readonly what: string;
  readonly args: () => string[];
  readonly env?: () => Record<string, string>;
  readonly exitCode: number;
  readonly kind: string;
  readonly names: () => string;
}

const NAME = `${TEST_PREFIX}bad`;
const UNREACHABLE = "unix:///zbl-test-no-such.sock";

const CASES: BadInput[] = [
  {
    what: "a folder that does not exist",
    args: () => ["up", "--project", NAME, "--path", join(folder, "nowhere")],
    exitCode: 12,
    kind: "PathNotFound",
    names: () => join(folder, "nowhere"),
  },
  {
    what: "a folder without a compose file",
    args: () => ["up", "--project", NAME, "--path", join(folder, "empty")],
    exitCode: 13,
    kind: "ComposeFileNotFound",
    names: () => join(folder, "empty"),
  },
  {
    what: "a compose file that does not parse",
    args: () => ["up", "--project", NAME, "--path", join(folder, "malformed")],
    exitCode: 14,
    kind: "ComposeFileInvalid",
    names: () => "docker-compose.yml",
  },
  {
    what: "a project name that compose refuses",
    args: () => ["up", "--project", "Bad Name"],
    exitCode: 11,
    kind: "InvalidProjectName",
    names: () => '"Bad Name"',
  },
  {
    what: "settings that the compose file requires",
    args: () => ["up", "--project", NAME],
    exitCode: 10,
    kind: "InvalidConfig",
    names: () => "POSTGRES_PASSWORD",
  },
  {
    what: "a machine without docker",
    args: () => ["status", "--project", NAME],
    env: () => ({ PATH: join(folder, "bin") }),
    exitCode: 20,
    kind: "DockerNotAvailable",
    names: () => "docker",
  },
  {
    what: "a Docker engine that does not answer",
    args: () => ["status", "--project", NAME],
    env: () => ({ DOCKER_HOST: UNREACHABLE }),
    exitCode: 21,
    kind: "DaemonUnreachable",
    names: () => UNREACHABLE,
  },
];

describe("the command line", () => {
  it.each(CASES)("refuses $what", async ({ args, env, exitCode, kind, names }) => {
    const result = await run(process.execPath, [CLI, ...args(), "--json"], {
      env: { ...inheritedEnvironment(), ...env?.() },
      timeoutMs: 60_000,
    });

    expect(result.stderr).toContain(kind);
    expect(result.stderr).toContain(names());
    expect(result.exitCode).toBe(exitCode);
    const { error } = JSON.parse(result.stdout) as { error: { kind: string; message: string } };
    expect(error.kind).toBe(kind);
  });
});

/** Takes settings out of the stack's config again, the last one of a group with the group. */
async function forget(paths: readonly string[]): Promise<void> {
  for (const name of new Set(paths.map((path) => path.split(".")[0] ?? ""))) {
    await stack.pulumi(["config", "rm", name]);
  }
}

describe("a preview", () => {
  const previewWith = async (
    config: Record<string, string>,
    env: Record<string, string> = {},
  ): Promise<string> => {
    for (const [name, value] of Object.entries(config)) {
      await stack.set(name, value);
    }
    const preview = await stack.pulumi(["preview"], { env, timeoutMs: 60_000 });
    await forget(Object.keys(config));
    expect(preview.exitCode).not.toBe(0);
    return preview.stdout + preview.stderr;
  };

  it("names all settings that are not valid at once, without showing secrets", async () => {
    const said = await previewWith({
      apiUrl: "billing.example.com",
      databaseUrl: "mysql://user:canary-password@host/lago",
      secretKeyBase: "canary-short",
      rsaPrivateKey: "canary-no-key",
    });
    for (const field of ["apiUrl", "databaseUrl", "secretKeyBase", "rsaPrivateKey"]) {
      expect(said).toContain(field);
    }
    expect(said).not.toContain("canary");
  });

  it("names a path that does not exist", async () => {
    const said = await previewWith({ lagoPath: "/zbl-test/nowhere", pullPolicy: "missing" });
    expect(said).toContain("PathNotFound");
    expect(said).toContain("/zbl-test/nowhere");
  });

  it("names a policy and a deadline that cannot be", async () => {
    const said = await previewWith({ pullPolicy: "sometimes", startTimeoutSeconds: "0" });
    expect(said).toContain("pullPolicy");
    expect(said).toContain("startTimeoutSeconds");
  });

  it("names the workers that were meant, without a stack trace", async () => {
    const said = await previewWith({
      "workers.event.count": "2",
      "workers.pdfs.cuont": "2",
    });
    expect(said).toContain("workers.event: no such pool of workers. Did you mean workers.events?");
    expect(said).toContain("Did you mean workers.pdfs.count?");
    expect(said).not.toMatch(/TypeError|unhandled exception|^\s+at /m);
  });

  it("names the service that a memory limit was meant for", async () => {
    const said = await previewWith({ "memoryLimits.apii": "1g" });
    expect(said).toContain("memoryLimits.apii: no such service. Did you mean memoryLimits.api?");
  });

  it("ends at once where docker is missing", async () => {
    const path = [dirname(findPulumi()), join(folder, "bin")].join(":");
    const said = await previewWith({}, { PATH: path });
    expect(said).toContain("DockerNotAvailable");
  });

  it("says all that is wrong in one list, whatever its kind, and nothing of Pulumi's own", async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(stack.apiPort, "127.0.0.1", resolve));
    const said = await previewWith({
      protekt: "true",
      "memoryLimits.apii": "1g",
      "settings.mail.smtpAdress": "x",
      apiUrl: "http://lago.example.com",
      databaseUrl: "mysql://user:canary-password@host/lago",
    });
    await new Promise((resolve) => listener.close(resolve));
    const heading = `project ${stack.project} is refused for 7 reasons:`;
    expect(said).toContain(heading);
    const items = said.slice(said.lastIndexOf(heading)).matchAll(/^ +- (\w+: [\w.]+)/gm);
    expect([...items].map(([, item]) => item)).toEqual([
      "InvalidConfig: protekt",
      "InvalidConfig: databaseUrl",
      "InvalidConfig: settings.mail.smtpAdress",
      "InvalidConfig: memoryLimits.apii",
      "UnsafeConfig: apiUrl",
      "UnsafeConfig: disableSignup",
      "PortTaken: ports.api",
    ]);
    expect(said).not.toMatch(/canary|error serializing|PromiseRejection|^\s+at /m);
  });

  it("leads to a config that is valid, by the commands that it names", async () => {
    const names = ["protekt", "disableSignUp", "memoryLimit", "databaseURL"];
    const meant = ["protect", "disableSignup", "memoryLimits", "databaseUrl"];
    for (const name of [...names, "settings.mail.smtpAdress"]) {
      await stack.set(name, "canary");
    }
    const { exitCode, stdout, stderr } = await stack.pulumi(["preview"]);
    const said = stdout + stderr;
    expect(exitCode).not.toBe(0);
    for (const [index, name] of names.entries()) {
      expect(said).toContain(
        `${name}: is not a setting of z-billing-lago. Did you mean ${meant[index]}?`,
      );
    }
    expect(said).toContain("Did you mean settings.mail.smtpAddress?");
    expect(said).not.toMatch(/canary|unhandled exception|^\s+at |error serializing/m);

    const zbl = (...words: string[]) =>
      run(process.execPath, [CLI, ...words], {
        env: { ...inheritedEnvironment(), ...stack.workspace.env },
        cwd: stack.checkout,
        timeoutMs: 60_000,
      });
    const listed = await zbl("config", "--stack", stack.stack);
    expect(listed.exitCode).toBe(10);
    const commands = [...said.matchAll(/`\S*(?:npx )?zbl (unset [^`]+)`/g)];
    for (const [, command = ""] of commands) {
      expect(listed.stderr).toContain(command);
      must(await zbl(...command.split(" ")));
    }
    await forget(["settings"]);
    expect(commands).toHaveLength(names.length);
    expect((await stack.pulumi(["preview"])).stdout).toContain("lago-deployment");
  });

  it("has touched nothing", async () => {
    expect(await containersOf(stack.project)).toEqual(new Map());
    expect(await containersOf(NAME)).toEqual(new Map());
  });
});
