import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import type { DeployErrorKind } from "../../../src/errors.ts";
import { runCli } from "../../support/cli.ts";
import { createFakeHost, psLine, type Script } from "../../support/fake-docker.ts";
import { eventually, isAlive } from "../../support/processes.ts";
import { EVERY_FEATURE, LAGO_PATH, SECRETS, SMALL, secretsIn } from "../../support/sample.ts";

const host = createFakeHost();
const folder = mkdtempSync(join(tmpdir(), "zbl-test-cli-"));
mkdirSync(join(folder, "empty"));
mkdirSync(join(folder, "only-node"));
symlinkSync(process.execPath, join(folder, "only-node", "node"));
writeFileSync(join(folder, "file"), "");

afterAll(() => {
  host.dispose();
  rmSync(folder, { recursive: true });
});

let projects = 0;

function project(script: Script = {}) {
  projects += 1;
  const name = `zbl-test-${projects}-cli`;
  return { name, docker: host.docker(script, name) };
}

interface BadInput {
  readonly what: string;
  readonly kind: DeployErrorKind;
  /** The arguments, without the project's name. */
  readonly args: readonly string[];
  /** What the message must name. */
  readonly names: string;
  readonly script?: Script;
  readonly env?: Readonly<Record<string, string>>;
}

const UP = ["up", "--path", LAGO_PATH];
const KEYED = { SECRET_KEY_BASE: SECRETS.secretKeyBase };
const down = (stderr: string) => ({ exitCode: 1, stderr });

const BAD_INPUT: readonly BadInput[] = [
  {
    what: "a missing path",
    kind: "PathNotFound",
    args: ["up", "--path", join(folder, "missing")],
    names: join(folder, "missing"),
  },
  {
    what: "a path that is a file",
    kind: "PathNotFound",
    args: ["up", "--path", join(folder, "file")],
    names: join(folder, "file"),
  },
  {
    what: "a missing environment file",
    kind: "PathNotFound",
    args: [...UP, "--env-file", join(folder, "missing.env")],
    names: join(folder, "missing.env"),
  },
  {
    what: "a folder without a compose file",
    kind: "ComposeFileNotFound",
    args: ["up", "--path", join(folder, "empty")],
    names: join(folder, "empty"),
  },
  {
    what: "a compose file that is not there",
    kind: "ComposeFileNotFound",
    args: [...UP, "--file", "docker-compose.yml", "other.yml"],
    names: "other.yml",
  },
  {
    what: "a compose file that does not parse",
    kind: "ComposeFileInvalid",
    args: UP,
    names: "yaml: line 3: mapping values are not allowed",
    script: { config: { exitCode: 15, stderr: "yaml: line 3: mapping values are not allowed\n" } },
  },
  {
    what: "docker that is not installed",
    kind: "DockerNotAvailable",
    args: UP,
    names: "docker",
    env: { PATH: join(folder, "only-node") },
  },
  {
    what: "an engine that is down",
    kind: "DaemonUnreachable",
    args: ["status"],
    names: "Docker engine",
    script: { ps: down("Cannot connect to the Docker daemon at unix:///x. Is it running?") },
  },
  {
    what: "compose that is too old",
    kind: "ComposeTooOld",
    args: UP,
    names: "2.17.3",
    script: { version: { stdout: "2.17.3\n" } },
  },
  {
    what: "docker without compose",
    kind: "ComposeTooOld",
    args: ["status"],
    names: "compose plugin",
    script: { ps: { exitCode: 125, stderr: "unknown flag: --ansi\n" } },
  },
  {
    what: "variables that the file requires",
    kind: "InvalidConfig",
    args: UP,
    names: "POSTGRES_PASSWORD",
    script: EVERY_FEATURE,
  },
  {
    what: "a port that is none",
    kind: "InvalidConfig",
    args: [...UP, "--api-port", "65536"],
    names: "ports.api",
  },
  {
    what: "an address that is none",
    kind: "InvalidConfig",
    args: [...UP, "--address", "localhost"],
    names: "ports.address",
  },
  {
    what: "a service that there is none of",
    kind: "ServiceNotFound",
    args: ["restart", "apj"],
    names: "apj",
    script: { restart: down("no such service: apj") },
  },
  {
    what: "logs of a service that there is none of",
    kind: "ServiceNotFound",
    args: ["logs", "apj"],
    names: "apj",
    script: { logs: {}, ps: { stdout: psLine("api") } },
  },
  {
    what: "an image that is nowhere",
    kind: "ImageNotFound",
    args: UP,
    names: "getlago/api:v0",
    script: { ...SMALL, pull: down("manifest for getlago/api:v0 not found") },
    env: KEYED,
  },
  {
    what: "output that is no list",
    kind: "ParseError",
    args: ["status"],
    names: "NAME",
    script: { ps: { stdout: "NAME  IMAGE\n" } },
  },
  {
    what: "docker that fails for its own reasons",
    kind: "CommandFailed",
    args: ["down"],
    names: "no space left on device",
    script: { down: down("no space left on device") },
  },
];

describe("bad input", { concurrent: true }, () => {
  it.each(BAD_INPUT)(
    "$what: exit code, kind and name",
    async ({ kind, args, names, script, env }) => {
      const { name } = project(script);
      const whole = [...args, "--project", name, "--json"];
      const result = await runCli(host, whole, env === undefined ? {} : { env });
      expect(result.exitCode).toBe(EXIT_CODES[kind]);
      expect(result.stderr).toMatch(new RegExp(`^error: ${kind}: `, "m"));
      expect(result.stderr).toContain(names);
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(JSON.parse(result.stdout)).toMatchObject({
        error: { kind, message: expect.stringContaining(names) },
      });
    },
  );

  it.each(["Bad Name", "-lago", "lago.dev", "../x"])("project name %j", async (name) => {
    const { exitCode, stderr } = await runCli(host, ["status", `--project=${name}`]);
    expect(exitCode).toBe(EXIT_CODES.InvalidProjectName);
    expect(stderr).toContain(`error: InvalidProjectName: `);
    expect(stderr).toContain(`"${name}"`);
  });

  it("no project at all", async () => {
    const { exitCode, stderr, stdout } = await runCli(host, ["status"]);
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toContain("--project");
    expect(stdout).toBe("");
  });

  it("names each fault, for machines too", async () => {
    const { name } = project(EVERY_FEATURE);
    const { stdout } = await runCli(host, [...UP, "--json", "-p", name]);
    const { error } = JSON.parse(stdout) as { error: { issues: { field: string }[] } };
    expect(error.issues.map(({ field }) => field)).toEqual([
      "POSTGRES_PASSWORD",
      "SECRET_KEY_BASE",
    ]);
  });

  it.each(["{", "3", '{"projectName":"x","typo":1}'])(
    "a spec from a program that is none: %s",
    async (spec) => {
      const env = { Z_BILLING_LAGO_SPEC: spec };
      const { exitCode, stderr } = await runCli(host, ["up", "--json"], { env });
      expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
      expect(stderr).toContain("error: InvalidConfig: ");
    },
  );

  it("is told once where Pulumi shows both streams", async () => {
    const { name } = project({ ps: down("Cannot connect to the Docker daemon") });
    const env = { Z_BILLING_LAGO_SPEC: JSON.stringify({ projectName: name }) };
    const { exitCode, stdout, stderr } = await runCli(host, ["status", "--json"], { env });
    expect(exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(stdout).toBe("");
    expect(stderr).toContain("error: DaemonUnreachable: ");
  });
});

describe("a deployment that fails", { concurrent: true }, () => {
  const failed = psLine("migrate", { State: "exited", Health: "", ExitCode: 3 });
  const script: Script = {
    ...SMALL,
    ps: [{}, { stdout: failed }],
    "container inspect": {
      stdout: `[{"Id":"migrate-id","RestartCount":0,"State":{},"HostConfig":{}}]`,
    },
    up: { exitCode: 1, stderr: `service "migrate" didn't complete successfully: exit 3\n` },
    logs: { stdout: `migrate-1  | no use with ${SECRETS.secretKeyBase}\n${"x".repeat(9_000)}\n` },
  };

  it("names the service and shows its log, without secrets and in lines of bounded length", async () => {
    const { name } = project(script);
    const { exitCode, stdout, stderr } = await runCli(host, [...UP, "--json", "-p", name], {
      env: KEYED,
    });
    expect(exitCode).toBe(EXIT_CODES.NotReady);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "NotReady", service: "migrate" } });
    expect(stderr).toContain(`Service migrate of project ${name} failed: ended with exit code 3`);
    expect(secretsIn(stdout + stderr)).toEqual([]);
    expect(Math.max(...stderr.split("\n").map((line) => line.length))).toBeLessThan(4_096);
  });
});

describe("a signal", { concurrent: true }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends compose, and then the command with 130",
    async (signal) => {
      const { name, docker } = project({ ...SMALL, up: { hang: true } });
      const canceler = new AbortController();
      const pids: number[] = [];
      // The runner's own way of ending is the signal itself, and nothing harder.
      const endSteps = [{ signal, waitMs: 20_000 }] as const;
      const running = runCli(host, [...UP, "-p", name], {
        env: KEYED,
        signal: canceler.signal,
        endSteps,
      });
      await eventually("up is called", () => docker.calls("up").length === 1, 20_000);
      pids.push(docker.call("up").pid);
      canceler.abort();
      const failure = await running.catch((error: unknown) => error);
      expect(failure).toMatchObject({
        kind: "canceled",
        output: expect.stringMatching(/error: Canceled: .*cancelled/),
      });
      expect(pids.filter(isAlive)).toEqual([]);
    },
  );
});
