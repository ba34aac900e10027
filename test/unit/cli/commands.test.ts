import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { runCli } from "../../support/cli.ts";
import { createFakeHost, inspectAnswer, psLine, type Script } from "../../support/fake-docker.ts";
import { EVERY_FEATURE, LAGO_PATH, SECRETS, SMALL, secretsIn } from "../../support/sample.ts";

const host = createFakeHost();
const folder = mkdtempSync(join(tmpdir(), "zbl-test-cli-"));

afterAll(() => {
  host.dispose();
  rmSync(folder, { recursive: true });
});

let projects = 0;

/** A project of its own for each test, since they run at the same time. */
function project(script: Script = {}) {
  projects += 1;
  const name = `zbl-test-${projects}-cli`;
  const own = JSON.parse(JSON.stringify(script).replaceAll("-id\\", `-${name}\\`)) as Script;
  return { name, docker: host.docker(own, name) };
}

const PS = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });
const HEALTHY: Script = {
  ...SMALL,
  ps: { stdout: PS },
  "container inspect": {
    stdout: inspectAnswer({ service: "api" }, { service: "db" }, { service: "migrate" }),
  },
};

describe("up", { concurrent: true }, () => {
  it("starts the deployment and ends with a table, its progress beside it", async () => {
    const { name, docker } = project(HEALTHY);
    const result = await runCli(host, ["up", "--project", name, "--path", LAGO_PATH], {
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.stdout.trimEnd().split("\n")).toEqual([
      "SERVICE  STATUS   HEALTH       PORTS  IMAGE",
      "api      Running  healthy      -      getlago/api",
      "db       Running  healthy      -      getlago/db",
      "migrate  Stopped  exit code 0  -      getlago/migrate",
    ]);
    expect(result.stderr).toMatch(/^migrate: completed after [\d.]+ s$/m);
    expect(docker.call("up").env.SECRET_KEY_BASE).toBe(SECRETS.secretKeyBase);
    expect(secretsIn(result.stdout + result.stderr)).toEqual([]);
  });

  it("hands on its options", async () => {
    const taken = {
      exitCode: 1,
      stderr: "Bind for 127.0.0.1:4000 failed: port is already allocated",
    };
    const { name, docker } = project({ ...EVERY_FEATURE, up: taken });
    const envFile = join(folder, "settings.env");
    writeFileSync(envFile, `SENTRY_DSN='https://x?a=$b'\nPOSTGRES_PASSWORD="two words"\n`);
    const { exitCode } = await runCli(
      host,
      [
        ...["up", "-p", name, "--path", LAGO_PATH, "-f", "docker-compose.yml"],
        ...["--profile", "tools", "--env-file", envFile, "--start-timeout", "77"],
        ...["--api-port", "4000", "--front-port", "4080", "--address", "::1"],
        ...["--pull-policy", "always"],
      ],
      { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase, API_PORT: "5000", SOMETHING: "else" } },
    );
    expect(exitCode).toBe(EXIT_CODES.PortTaken);
    const { args, env, stdin } = docker.call("up");
    expect(args).toContain("tools");
    expect(args.slice(args.indexOf("up"))).toEqual(["up", "--detach", "--pull", "always"]);
    expect(stdin).toContain('"[::1]:4000:3000"');
    expect(stdin).toContain('"[::1]:4080:80"');
    expect(stdin).toContain('"start_period": "77s"');
    expect(stdin).toContain('"SENTRY_DSN": "${SENTRY_DSN:-}"');
    expect(env).toMatchObject({
      SENTRY_DSN: "https://x?a=$b",
      POSTGRES_PASSWORD: "two words",
      SECRET_KEY_BASE: SECRETS.secretKeyBase,
      API_PORT: "5000",
    });
    expect(env).not.toHaveProperty("SOMETHING");
  });

  it("takes the project's name from the folder when none is given", async () => {
    const docker = host.docker({ config: { exitCode: 15, stderr: "yaml: x" } }, "every-feature");
    const { exitCode } = await runCli(host, ["up", "--path", LAGO_PATH]);
    expect(exitCode).toBe(14);
    expect(docker.call("config").args).toContain("every-feature");
  });

  it("takes everything from the Pulumi program when there is one behind it", async () => {
    const { name, docker } = project(HEALTHY);
    const spec = {
      projectName: name,
      lagoPath: LAGO_PATH,
      restartToken: "7",
      variables: ["SECRET_KEY_BASE", "SENTRY_DSN"],
    };
    const { exitCode, stdout } = await runCli(host, ["up", "--json"], {
      env: {
        Z_BILLING_LAGO_SPEC: JSON.stringify(spec),
        SECRET_KEY_BASE: SECRETS.secretKeyBase,
        SENTRY_DSN: "https://x",
        LAGO_LICENSE: "not ours",
      },
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ project: name, running: true });
    expect(docker.call("up").env).toMatchObject({ SENTRY_DSN: "https://x" });
    expect(docker.call("up").env).not.toHaveProperty("LAGO_LICENSE");
    expect(docker.call("up").stdin).toContain('"z-billing-lago.restart-token": "7"');
  });
});

describe("the other commands", { concurrent: true }, () => {
  it.each<[string, string[], string, string[]]>([
    ["down", ["down"], "its volumes are kept", ["down", "--remove-orphans"]],
    [
      "down --volumes",
      ["down", "--volumes"],
      "its data is removed",
      ["down", "--remove-orphans", "--volumes"],
    ],
    ["restart", ["restart"], "is restarted", ["restart"]],
    ["restart of some", ["restart", "api", "db"], "is restarted", ["restart", "--", "api", "db"]],
  ])("%s says what it did", async (_, args, said, expected) => {
    const { name, docker } = project();
    const { exitCode, stdout } = await runCli(host, [...args, "--project", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(name);
    expect(stdout).toContain(said);
    const call = docker.call(args[0] ?? "");
    expect(call.args.slice(call.args.indexOf(name) + 1)).toEqual(expected);
  });

  it("down takes the Pulumi program's word for the volumes", async () => {
    const { name, docker } = project();
    const spec = { projectName: name, removeVolumesOnDestroy: true };
    const env = { Z_BILLING_LAGO_SPEC: JSON.stringify(spec) };
    const { exitCode, stdout } = await runCli(host, ["down", "--json"], { env });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ project: name, done: true });
    expect(docker.call("down").args).toContain("--volumes");
  });

  it("pull needs the files and their variables, as up does", async () => {
    const { name, docker } = project(SMALL);
    const args = ["pull", "--project", name, "--path", LAGO_PATH];
    const { exitCode, stdout } = await runCli(host, args, {
      env: { SECRET_KEY_BASE: SECRETS.secretKeyBase },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Project ${name}: images are up to date.\n`);
    expect(docker.call("pull").args).toContain("--policy");
  });

  it("status shows a table, or says that there is nothing", async () => {
    const ports = [
      { URL: "127.0.0.1", TargetPort: 3000, PublishedPort: 4000, Protocol: "tcp" },
      { URL: "0.0.0.0", TargetPort: 3000, PublishedPort: 4001, Protocol: "tcp" },
    ];
    const labels = "z-billing-lago.stand-in=api";
    const { name } = project({
      ps: { stdout: psLine("api", { Publishers: ports, Labels: labels }) },
    });
    const { stdout } = await runCli(host, ["status", "-p", name]);
    expect(stdout.trimEnd().split("\n").slice(1)).toEqual([
      "api      Running  healthy  0.0.0.0:4001->3000, 127.0.0.1:4000->3000  getlago/api (stand-in)",
    ]);
    const empty = project();
    const { stdout: nothing } = await runCli(host, ["status", "-p", empty.name]);
    expect(nothing).toBe(`Project ${empty.name} has no containers.\n`);
  });

  it("logs prints the lines, cleaned", async () => {
    const { name, docker } = project({
      logs: { stdout: "\u001b[2Kapi-1  | \u001b[31mone\napi-1  | two\n" },
    });
    const { exitCode, stdout } = await runCli(host, ["logs", "-p", name, "-n", "2", "api"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "api-1  | one\napi-1  | two\n" });
    expect(docker.call("logs").args.slice(-3)).toEqual(["--tail=2", "--", "api"]);
  });

  it("logs of all are a hundred lines a container, unless told otherwise", async () => {
    const { name, docker } = project();
    await runCli(host, ["logs", "-p", name]);
    expect(docker.call("logs").args.slice(-2)).toEqual(["--no-color", "--tail=100"]);
  });
});

describe("--json", { concurrent: true }, () => {
  it("prints the status as one line", async () => {
    const { name } = project({ ps: { stdout: PS } });
    const { stdout } = await runCli(host, ["status", "--json", "-p", name]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      project: name,
      running: true,
      services: [
        ["api", "Running"],
        ["db", "Running"],
        ["migrate", "Stopped"],
      ],
      containers: [
        { service: "api", status: "Running", health: "healthy", exitCode: 0, ports: [] },
        { service: "db" },
        { service: "migrate", status: "Stopped" },
      ],
    });
  });

  it("prints logs as one line", async () => {
    const { name } = project({ logs: { stdout: "api-1  | a\napi-1  | b\n" } });
    const { stdout } = await runCli(host, ["logs", "--json", "-p", name]);
    expect(JSON.parse(stdout)).toEqual({ project: name, logs: "api-1  | a\napi-1  | b\n" });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it.each([["restart"], ["down"]])("prints that %s is done", async (command) => {
    const { name } = project();
    const { stdout } = await runCli(host, [command, "--json", "-p", name]);
    expect(JSON.parse(stdout)).toEqual({ project: name, done: true });
  });
});
