import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { SPEC_VARIABLE } from "../../../../src/spec/spec-variable.ts";
import { runCli } from "../../../../testing/cli.ts";
import { eventually, killAll } from "../../../../testing/processes.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { beginRun, lockPathOf, useFarEngine } from "../../../support/locks.ts";
import { LAGO_PATH, SECRETS, SMALL } from "../../../support/sample.ts";
import { useProjects } from "../projects.ts";

const { host, project } = useProjects();

/** A container of the project. */
const MADE = { "container ls": { stdout: "api-id\n" } };

/** Stands for the name of a test's own project. */
const PROJECT = "PROJECT";

beforeEach(useFarEngine);
afterEach(() => {
  vi.unstubAllEnvs();
});

describe.runIf(process.platform === "linux")("the command line beside another run", () => {
  it.each([
    ["up", "--path", LAGO_PATH],
    ["down", "--remove-volumes", PROJECT],
    ["restart", "api"],
  ])("waits with %s for as long as it is told to", async (command, ...args) => {
    const { name, docker } = project(SMALL);
    const other = await beginRun(name);
    const env = { SECRET_KEY_BASE: SECRETS.secretKeyBase };
    const options = ["-p", name, "--lock-timeout", "0", "--json"];
    const own = args.map((one) => (one === PROJECT ? name : one));
    const result = await runCli(host, [command, ...own, ...options], { env });
    expect(result.exitCode).toBe(EXIT_CODES.Locked);
    expect(JSON.parse(result.stdout).error).toMatchObject({ kind: "Locked" });
    expect(result.stderr).toContain(`error: Locked: \`${command}\` of project ${name} was not`);
    expect(result.stderr).toContain(`\`up\` (pid ${process.pid} on `);
    expect(docker.calls(command)).toEqual([]);
    await other.end();
  });

  it("waits for as long as the Pulumi program says", async () => {
    const { name } = project();
    const other = await beginRun(name);
    const spec = JSON.stringify({ projectName: name, lockTimeoutSeconds: 1 });
    const result = await runCli(host, ["down", "--json"], { env: { [SPEC_VARIABLE]: spec } });
    expect(result.exitCode).toBe(EXIT_CODES.Locked);
    expect(result.stderr).toMatch(/^project \S+: waiting up to 1 s for `up`/);
    await other.end();
  });

  it("shows the status without waiting", async () => {
    const { name } = project({ ps: { stdout: psLine("api") } });
    const other = await beginRun(name);
    const { stdout } = await runCli(host, ["status", "-p", name, "--json"]);
    expect(JSON.parse(stdout).running).toBe(true);
    await other.end();
  });

  it("waits until it is its turn, and says so", async () => {
    const { name, docker } = project(MADE);
    const other = await beginRun(name);
    const said: string[] = [];
    const running = runCli(host, ["restart", "-p", name], { onLine: (line) => said.push(line) });
    await eventually("it waits", () => said.join().includes("waiting up to 60 s"), 15_000);
    expect(docker.calls("restart")).toEqual([]);
    await other.end();
    expect(await running).toMatchObject({ exitCode: 0, stdout: `Project ${name} is restarted.\n` });
  });
});

describe.runIf(process.platform === "linux")(
  "a run that is killed while docker works for it",
  () => {
    it("keeps others out until docker has ended, and is told of then", async () => {
      const { name, docker } = project({ ...MADE, restart: [{ hang: true }, {}] });
      const killed = runCli(host, ["restart", "-p", name]);
      await eventually("docker works", () => docker.calls("restart").length === 1, 15_000);
      const { pid } = JSON.parse(readFileSync(lockPathOf(name), "utf8"));
      process.kill(pid, "SIGKILL");
      expect((await killed).exitCode).toBe(137);

      const locked = await runCli(host, ["down", "-p", name, "--lock-timeout", "0"]);
      expect(locked.exitCode).toBe(EXIT_CODES.Locked);
      const left = docker.call("restart").pid;
      expect(locked.stderr).toMatch(
        new RegExp(
          `what an ended \`restart\` \\(pid ${pid} on \\S+, since \\S+\\) left behind, .*\\(pid ${left}\\)`,
        ),
      );
      const [, pids = ""] = /`kill ([\d ]+)`/.exec(locked.stderr) ?? [];
      expect(pids.split(" ").map(Number)).toContain(left);
      expect(docker.calls("down")).toEqual([]);

      // As the message says.
      killAll(pids.split(" ").map(Number));
      const next = await runCli(host, ["restart", "-p", name, "--lock-timeout", "10"]);
      expect(next.exitCode).toBe(0);
      expect(next.stderr).toMatch(
        new RegExp(
          `^project ${name}: an earlier \`restart\` \\(pid ${pid} on \\S+, since \\S+\\) ended without finishing`,
        ),
      );
      expect(readFileSync(lockPathOf(name), "utf8")).toBe("");
    });
  },
);
