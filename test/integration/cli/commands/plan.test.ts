import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import type { RunResult } from "../../../../src/process/run.ts";
import { runCli } from "../../../../testing/cli.ts";
import type { Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import {
  type Containers,
  RECORDED_PATH,
  RECORDED_PROJECT,
  RECORDED_SECRET,
  recorded,
  recordedVolumes,
} from "../../../support/recorded.ts";

const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

/** What the recorded services were given. */
const SECRETS = { POSTGRES_PASSWORD: "hunter2-p@ss$w", API_TOKEN: "hunter2-token" };

const TARGET = ["--project", RECORDED_PROJECT, "--path", RECORDED_PATH];

/** Calls that change nothing. */
const LOOKS = [
  ...["version", "config", "config --format", "config --hash", "container ls", "container inspect"],
  ...["image ls", "image inspect", "volume ls", "volume inspect", "network ls"],
];

/** Lago's keys, which the recorded services were not given. */
const UNSAFE = [
  "SECRET_KEY_BASE",
  "LAGO_RSA_PRIVATE_KEY",
  "LAGO_ENCRYPTION_PRIMARY_KEY",
  "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
].map((name) => `missing-setting:${name}`);

/** Runs a command on the recorded project; it may print no secret and touch nothing. */
async function call(args: readonly string[], script: Script): Promise<RunResult> {
  const docker = useFakeDocker(script);
  const target = [...TARGET, "--role", "api=api", "--allow-unsafe", ...UNSAFE];
  const result = await runCli(docker, [...args, ...target], { env: SECRETS });
  expect(result.stdout + result.stderr).not.toContain(RECORDED_SECRET);
  for (const { verb, args: given } of docker.calls()) {
    expect(LOOKS).toContain(verb);
    expect(given.join(" ")).not.toContain(RECORDED_SECRET);
  }
  return result;
}

/** Something of everything. */
function meddle(containers: Containers): void {
  containers.exit("api", 137);
  containers.remove("worker");
  containers.change("db", ({ Config }) => {
    Config.Env = Config.Env.map((one) => one.replace(/^POSTGRES_PASSWORD=.*/, "$&-old"));
  });
}

describe("plan", () => {
  it("says what a start would do to each service, and why", async () => {
    const { exitCode, stdout } = await call(["plan"], recorded(meddle));
    expect(exitCode).toBe(0);
    const [first, empty, ...table] = stdout.trimEnd().split("\n");
    expect([first, empty]).toEqual([
      "Project lago-plan changes: 3 recreated, 1 stays, 1 created.",
      "",
    ]);
    expect(table).toEqual([
      "SERVICE  ACTION     WHY",
      expect.stringMatching(
        /^db {7}recreated {2}variable POSTGRES_PASSWORD \(setting database\.password\) changed \(#[0-9a-f]{8} -> #[0-9a-f]{8}\)$/,
      ),
      "migrate  recreated  db is replaced",
      "api      recreated  it had ended with exit code 137; db and migrate are replaced",
      "off      stays      -",
      "worker   created    -",
      "",
      "Down for a moment, in this order: db (about 1 s)",
      "Times are those of the last start, where one was measured.",
    ]);
  });

  it("says that nothing is to be done", async () => {
    const { exitCode, stdout } = await call(["plan"], recorded());
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Project lago-plan is as declared: 4 stays, 1 runs again.\n");
  });

  it("is one line of JSON", async () => {
    const { exitCode, stdout } = await call(["plan", "--json"], recorded(meddle));
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual({
      project: "lago-plan",
      changes: true,
      services: [
        {
          service: "db",
          action: "recreated",
          reasons: [
            {
              part: "variable",
              name: "POSTGRES_PASSWORD",
              from: expect.stringMatching(/^#[0-9a-f]{8}$/),
              to: expect.stringMatching(/^#[0-9a-f]{8}$/),
            },
          ],
          downtime: true,
          interruption: { how: "down", seconds: 1 },
        },
        {
          service: "migrate",
          action: "recreated",
          reasons: [{ part: "state", message: "db is replaced" }],
          downtime: false,
        },
        {
          service: "api",
          action: "recreated",
          reasons: [
            { part: "state", message: "it had ended with exit code 137" },
            { part: "state", message: "db and migrate are replaced" },
          ],
          downtime: false,
        },
        { service: "off", action: "stays", reasons: [], downtime: false },
        { service: "worker", action: "created", reasons: [], downtime: false },
      ],
      downtime: ["db"],
      risks: [],
      projectDrift: [],
    });
  });

  it("is Markdown", async () => {
    const { exitCode, stdout } = await call(["plan", "--markdown"], recorded(meddle));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^### Project lago-plan changes: /);
    expect(stdout).toMatch(/^\| `db` \| recreated \| variable POSTGRES\\_PASSWORD changed/m);
    expect(stdout).toContain("\nStays as it is: `off`\n");
  });

  it("is not both", async () => {
    const { exitCode, stdout, stderr } = await call(["plan", "--markdown", "--json"], recorded());
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "Usage" } });
    expect(stderr).toMatch(/--markdown.*cannot be used with.*--json/);
  });

  it("says loudly where data is at stake", async () => {
    const { stdout } = await call(["plan"], {
      ...recorded((containers) => containers.remove("api")),
      "volume ls": recordedVolumes("data", "of-nobody-running"),
    });
    expect(stdout).toMatch(/^DATA AT STAKE: volume lago-plan_own_name .*EMPTY/m);
    expect(stdout).not.toContain("volume lago-plan_data");
  });

  it("does not take a volume for lost that a container was made without", async () => {
    const { stdout } = await call(["plan"], {
      ...recorded(),
      "volume ls": recordedVolumes("data", "of-nobody-running"),
    });
    expect(stdout).not.toContain("DATA AT STAKE");
  });

  it("refuses settings that are not safe, as a start does", async () => {
    const docker = useFakeDocker(recorded());
    const { exitCode, stdout, stderr } = await runCli(docker, [
      "plan",
      ...TARGET,
      "--role",
      "api=api",
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: EXIT_CODES.UnsafeConfig, stdout: "" });
    expect(stderr).toContain("missing-setting:SECRET_KEY_BASE");
  });

  it.each<[string, Script, keyof typeof EXIT_CODES]>([
    ["an engine that is down", { "container ls": DOWN }, "DaemonUnreachable"],
    ["compose that is too old", { version: { stdout: "2.17.3" } }, "ComposeTooOld"],
    ["a service without a hash", { "config --hash": { stdout: "api 12345678\n" } }, "ParseError"],
  ])("fails for %s", async (_, script, kind) => {
    const result = await call(["plan", "--json"], { ...recorded(), ...script });
    expect(result.exitCode).toBe(EXIT_CODES[kind]);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { kind } });
  });
});

describe("drift", () => {
  it("is none, with exit code 0", async () => {
    const text = await call(["drift"], recorded());
    expect(text).toMatchObject({ exitCode: 0, stdout: "Project lago-plan is as declared.\n" });
    const json = await call(["drift", "--json"], recorded());
    expect(json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout)).toEqual({
      project: "lago-plan",
      state: "as declared",
      drift: [],
    });
  });

  it("is told by kind, with exit code 3", async () => {
    const { exitCode, stdout } = await call(["drift"], recorded(meddle));
    expect(exitCode).toBe(3);
    const [first, empty, ...table] = stdout.trimEnd().split("\n");
    expect([first, empty]).toEqual(["Project lago-plan has drifted:", ""]);
    expect(table).toEqual([
      "SUBJECT  DRIFT          WHAT",
      "api      exited         api has ended with exit code 137",
      expect.stringMatching(
        /^db {7}configuration {2}db runs with other settings \(running -> declared\): variable POSTGRES_PASSWORD changed \(#/,
      ),
      "worker   missing        worker is missing",
    ]);
  });

  it("is one line of JSON", async () => {
    const { exitCode, stdout } = await call(["drift", "--json"], recorded(meddle));
    expect(exitCode).toBe(3);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual({
      project: "lago-plan",
      state: "drifted",
      drift: [
        {
          kind: "exited",
          subject: "api",
          message: "api has ended with exit code 137",
          exitCode: 137,
        },
        { kind: "configuration", subject: "db", message: expect.any(String) },
        { kind: "missing", subject: "worker", message: "worker is missing" },
      ],
    });
  });

  it.each<[string, Script]>([
    ["lists no containers", { "container ls": DOWN }],
    ["is down by the second question", { "container inspect": DOWN }],
    ["does not tell its images", { "image ls": DOWN }],
  ])("is unknown, which is not gone, when the engine %s", async (_, script) => {
    const json = await call(["drift", "--json"], { ...recorded(), ...script });
    expect(json.exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(JSON.parse(json.stdout)).toEqual({
      project: "lago-plan",
      state: "unknown",
      drift: [],
    });
    expect(json.stderr).toMatch(/^error: DaemonUnreachable: /m);
    const text = await call(["drift"], { ...recorded(), ...script });
    expect(text).toMatchObject({
      exitCode: EXIT_CODES.DaemonUnreachable,
      stdout: "Project lago-plan: drift is unknown, since the Docker engine cannot be asked.\n",
    });
  });

  it("is unknown without docker", async () => {
    const { path } = useFakeDocker();
    rmSync(join(path, "docker"));
    const call = ["drift", "--json", ...TARGET];
    const { exitCode, stdout } = await runCli({ path }, call, { env: SECRETS });
    expect(exitCode).toBe(EXIT_CODES.DockerNotAvailable);
    expect(JSON.parse(stdout)).toEqual({ project: "lago-plan", state: "unknown", drift: [] });
  });

  it("is not what a fault of the settings is", async () => {
    const invalid = { config: { exitCode: 15, stderr: "yaml: line 2" } };
    const { exitCode, stdout } = await call(["drift", "--json"], { ...recorded(), ...invalid });
    expect(exitCode).toBe(EXIT_CODES.ComposeFileInvalid);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "ComposeFileInvalid" } });
  });
});
