/** Runs on one project at the same time, and one that is killed: compose never works twice at once. */
import { once } from "node:events";
import { mkdtemp, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { ComposeProject } from "../../src/deployment/project.ts";
import { engineEndpoint } from "../../src/docker/endpoint.ts";
import { DEFAULT_ENGINE } from "../../src/docker/endpoint-settings.ts";
import { LOCK_FOLDER_VARIABLE, lockFileName, lockFolder } from "../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { type RunOptions, type RunResult, run } from "../../src/process/run.ts";
import { CLI } from "../../testing/cli.ts";
import { type ComposeWatch, watchComposeRuns } from "../../testing/compose-runs.ts";
import {
  containersOf,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../testing/docker.ts";
import { freePort } from "../../testing/ports.ts";
import { isAlive } from "../../testing/processes.ts";
import { newSecrets } from "../../testing/secrets.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";
import { eventually, standingOf } from "../../testing/standing.ts";

/** Runs the command line as a person would, with the locks of this test file. */
function useCli() {
  const running: Promise<unknown>[] = [];
  const canceler = new AbortController();
  const cli = (args: readonly string[], options: Partial<RunOptions> = {}) => {
    const locks = { [LOCK_FOLDER_VARIABLE]: lockFolder() };
    const result = run(process.execPath, [CLI, ...args], {
      timeoutMs: 180_000,
      signal: canceler.signal,
      ...options,
      env: { ...inheritedEnvironment(), ...locks, ...options.env },
    });
    running.push(result);
    return result;
  };
  /** Ends what a test that failed left at work, which would make anew what is removed. */
  const end = async () => {
    canceler.abort();
    await Promise.allSettled(running);
  };
  return { cli, end };
}

const lockPathOf = async (project: string) =>
  join(lockFolder(), lockFileName(project, await engineEndpoint(DEFAULT_ENGINE)));

/** Waits until compose is at work, and returns its process. */
const composeAtWork = (watch: ComposeWatch, command: string) =>
  eventually(
    async () => watch.current(command),
    (seen) => seen !== undefined,
    60_000,
  ).then((seen) => seen?.pid ?? 0);

describe("a run that is killed while compose works for it", () => {
  const project = testName();
  let folder: string;
  let watch: ComposeWatch;
  let up: string[];
  let slow: string[];
  const env = newSecrets();
  const { cli, end } = useCli();

  beforeAll(async () => {
    await requireDocker();
    folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
    const switches = ["LAGO_SANDBOX_ONLY=migrate", "LAGO_SANDBOX_BOOT_SECONDS=10"];
    await writeFile(join(folder, "slow.env"), switches.join("\n"));
    const ports = ["--api-port", `${await freePort()}`, "--front-port", `${await freePort()}`];
    const unsafe = switches.map((line) => `unknown-variable:${line.split("=")[0]}`);
    slow = ["--env-file", join(folder, "slow.env"), "--allow-unsafe", ...unsafe];
    up = ["up", "--project", project, ...ports];
    watch = watchComposeRuns(project);
  });

  afterAll(async () => {
    watch.stop();
    await end();
    await removeProject(project);
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps the next one waiting until compose has ended, and is then gone on from", async () => {
    const killed = cli([...up, ...slow], { env });
    const compose = await composeAtWork(watch, "up");
    // By then compose has said that it waits for the migration. Another word would end it, since
    // nobody listens any more: the next one comes when the migration is done.
    await eventually(
      () => containersOf(project),
      (containers) => {
        const { Status, StartedAt = "" } = containers.get("migrate")?.State ?? {};
        return Status === "running" && Date.now() - Date.parse(StartedAt) > 2_000;
      },
    );
    const lock = await lockPathOf(project);
    expect(await readlink(`/proc/${compose}/fd/3`)).toBe(lock);

    const { pid } = JSON.parse(await readFile(lock, "utf8"));
    process.kill(pid, "SIGKILL");
    const killedMs = performance.now();
    const said: string[] = [];
    const next = cli(up, { env, onLine: (line) => said.push(line) });
    const impatient = cli(["down", "--project", project, "--lock-timeout", "0"]);
    expect((await killed).exitCode).toBe(137);

    const locked = await impatient;
    expect(locked.exitCode, locked.stderr).toBe(EXIT_CODES.Locked);
    expect(locked.stderr).toContain(`what an ended \`up\` (pid ${pid} on `);
    expect(locked.stderr).toContain(`docker-compose (pid ${compose})`);

    await eventually(
      async () => said.join("\n"),
      (text) => text.includes("waiting up to 60 s for what an ended `up`"),
    );
    expect(isAlive(compose)).toBe(true);

    const result = await next;
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/an earlier `up` \(pid \d+ on .* ended without finishing; going/);
    const ups = watch.runs.filter(({ command }) => command === "up");
    expect(watch.runs.map(({ command }) => command)).toEqual(["up", "up"]);
    expect(ups[0]?.lastMs).toBeGreaterThan(killedMs);
    expect(ups[1]?.firstMs).toBeGreaterThan(ups[0]?.lastMs ?? Infinity);
    expect(watch.meetings).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    const containers = await containersOf(project);
    expect(standingOf(containers)).toMatchObject({ api: "healthy", migrate: "exited 0" });
    for (const [service, { Name }] of containers) {
      expect(Name).toBe(`/${project}-${service}-1`);
    }
    expect(await readFile(await lockPathOf(project), "utf8")).toBe("");
  });
});

describe("the command line and Pulumi on one project", () => {
  let lago: TestStack;
  let watch: ComposeWatch;
  const { cli, end } = useCli();

  beforeAll(async () => {
    lago = await createTestStack({}, { small: true });
    watch = watchComposeRuns(lago.project);
  });

  afterAll(async () => {
    watch?.stop();
    await end();
    await lago?.dispose();
  });

  it("wait for each other, and for a program", async () => {
    const up = lago.up();
    await composeAtWork(watch, "up");
    const said: string[] = [];
    const restart = cli(["restart", "--project", lago.project], {
      onLine: (line) => said.push(line),
    });
    must(await up);
    expect(said.join()).toContain("waiting up to 60 s for `up` (pid ");

    must(await restart);

    const program = new ComposeProject(lago.project);
    const told = new AbortController();
    const onLine = (line: string) => line.includes("waiting up to 60 s for") && told.abort();
    let destroy: Promise<RunResult> | undefined;
    await program.exclusively("maintenance", async () => {
      destroy = lago.pulumi(["destroy", "--yes", "--skip-preview"], { onLine });
      await once(told.signal, "abort", { signal: AbortSignal.timeout(60_000) });
    });
    must((await destroy) as RunResult);
    expect(lago.printed()).toContain("waiting up to 60 s for `maintenance` (pid ");

    const commands = watch.runs.map(({ command }) => command);
    expect(commands.slice(0, 3)).toEqual(["up", "restart", "down"]);
    expect(watch.meetings).toEqual([]);
    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await readFile(await lockPathOf(lago.project), "utf8")).toBe("");
  });
});
