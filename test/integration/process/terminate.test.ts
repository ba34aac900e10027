import { afterAll, describe, expect, it } from "vitest";
import { runAttached } from "../../../src/process/attached.ts";
import { type RunOptions, run } from "../../../src/process/run.ts";
import type { EndStep } from "../../../src/process/terminate.ts";
import { eventually, isAlive, killAll } from "../../../testing/processes.ts";

/** The real steps, only faster. */
const STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 150 },
  { signal: "SIGTERM", waitMs: 150 },
  { signal: "SIGKILL", waitMs: 150 },
];

/** For a program that ends by itself when asked: on a busy machine it may take its time. */
const PATIENT_STEPS: readonly EndStep[] = [{ signal: "SIGINT", waitMs: 10_000 }, ...STEPS.slice(1)];

const everyPid = new Set<number>();

afterAll(() => {
  killAll(everyPid);
});

/**
 * Runs a shell script that prints the ids of its processes, one a line as `pid N`, and ends it once
 * all of them are known; returns how that went.
 */
async function end(
  script: string,
  count: number,
  how: "deadline" | "signal",
  endSteps = STEPS,
): Promise<{ failure: unknown; seen: string[]; pids: ReadonlySet<number> }> {
  const pids = new Set<number>();
  const canceler = new AbortController();
  const seen: string[] = [];
  const options: RunOptions = {
    env: { PATH: process.env.PATH ?? "" },
    timeoutMs: how === "deadline" ? 400 : 20_000,
    signal: canceler.signal,
    endSteps,
    onLine: (line) => {
      seen.push(line);
      const pid = /^pid (\d+)$/.exec(line)?.[1];
      if (pid !== undefined) {
        pids.add(Number(pid));
        everyPid.add(Number(pid));
      }
      if (how === "signal" && pids.size === count) {
        canceler.abort();
      }
    },
  };
  const failure = await run("sh", ["-c", script], options).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(pids.size).toBe(count);
  return { failure, seen, pids };
}

const FAMILIES: [what: string, script: string, count: number][] = [
  ["one that ends when asked", "echo pid $$; exec sleep 300", 1],
  ["one that is deaf to SIGINT", 'trap "" INT; echo pid $$; exec sleep 300', 1],
  ["one that only SIGKILL ends", 'trap "" INT TERM; echo pid $$; exec sleep 300', 1],
  [
    "a child that holds the pipes and only SIGKILL ends",
    'trap "" INT TERM; sleep 300 & echo pid $!; trap - INT TERM; echo pid $$; exec sleep 300',
    2,
  ],
  [
    "a child that holds no pipe and only SIGKILL ends",
    'trap "" INT TERM; sleep 300 >/dev/null 2>&1 & echo pid $!; trap - INT TERM; echo pid $$; exec sleep 300',
    2,
  ],
  [
    "a grandchild whose parents are gone and that only SIGKILL ends",
    `trap "" INT TERM; sh -c 'sleep 300 >/dev/null 2>&1 & echo pid $!'; trap - INT TERM; echo pid $$; exec sleep 300`,
    2,
  ],
];

describe.each(["deadline", "signal"] as const)("the %s", { concurrent: true }, (how) => {
  it.each(FAMILIES)("ends %s and leaves none of its processes", async (_, script, count) => {
    const { failure, pids } = await end(script, count, how);
    expect([...pids].filter(isAlive)).toEqual([]);
    expect(failure).toMatchObject({
      name: "ProcessFailure",
      kind: how === "deadline" ? "timed-out" : "canceled",
      program: "sh",
    });
  });

  it("lets a program finish its work in good order", async () => {
    const script = `trap 'sleep 0.05; echo cleaned up; exit 0' INT; echo pid $$; while :; do sleep 0.01; done`;
    const { failure, seen } = await end(script, 1, how, PATIENT_STEPS);
    expect(seen).toContain("cleaned up");
    expect(failure).toMatchObject({ output: expect.stringContaining("cleaned up") });
  });
});

it("does not wait for a process that left the group and holds a pipe", async () => {
  const script = "setsid sh -c 'echo pid $$; exec sleep 300' & echo pid $$; exec sleep 300";
  const startedMs = performance.now();
  const { failure } = await end(script, 2, "signal");
  expect(failure).toMatchObject({ kind: "canceled" });
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

it("does not start a program when it was canceled before", async () => {
  const signal = AbortSignal.abort();
  const failure = run("zbl-test-no-such-program", [], { env: {}, timeoutMs: 1_000, signal });
  await expect(failure).rejects.toMatchObject({ kind: "canceled" });
});

describe("a program on this process's terminal", () => {
  const env = { PATH: process.env.PATH ?? "" };

  it.each([
    ["its exit code", "exit 5", 5],
    ["128 and the number of the signal that ended it", "kill -KILL $$", 137],
  ])("returns %s", async (_, script, code) => {
    expect(await runAttached("sh", ["-c", script], { env, timeoutMs: 10_000 })).toBe(code);
  });

  it("is ended at its deadline", async () => {
    const failure = runAttached("sleep", ["300"], { env, timeoutMs: 100 });
    await expect(failure).rejects.toMatchObject({ kind: "timed-out", program: "sleep" });
  });

  it("is named when it is missing", async () => {
    const failure = runAttached("zbl-test-no-such-program", [], { env, timeoutMs: 1_000 });
    await expect(failure).rejects.toMatchObject({
      kind: "not-found",
      program: "zbl-test-no-such-program",
    });
  });

  it.each(["SIGTERM", "SIGHUP"] as const)("is handed %s", async (signal) => {
    const code = runAttached("sleep", ["300"], { env, timeoutMs: 10_000 });
    process.emit(signal, signal);
    expect(await code).toBe(signal === "SIGTERM" ? 143 : 129);
    await eventually("no listener is left", () => process.listenerCount(signal) === 0);
  });
});
