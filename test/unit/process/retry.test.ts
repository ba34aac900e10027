import { describe, expect, it } from "vitest";
import { pause } from "../../../src/process/pause.ts";
import { type RetryOptions, retry } from "../../../src/process/retry.ts";

/** Runs an operation that fails so many times, without waiting, and notes what was done. */
async function tried(failures: number, options: Partial<RetryOptions> = {}) {
  const waits: number[] = [];
  const told: [number, number, string][] = [];
  const attempts: number[] = [];
  const operation = async (attempt: number) => {
    attempts.push(attempt);
    if (attempt <= failures) {
      throw new Error(`failure ${attempt}`);
    }
    return "done";
  };
  const result = await retry(operation, {
    attempts: 3,
    backOffMs: 1_000,
    deadlineMs: Infinity,
    canHelp: () => true,
    random: () => 0.5,
    wait: async (ms) => {
      waits.push(ms);
    },
    onRetry: (attempt, ms, error) => told.push([attempt, ms, (error as Error).message]),
    ...options,
  }).catch((error: Error) => error.message);
  return { result, attempts, waits, told };
}

describe("retry", () => {
  it("does nothing more after a success", async () => {
    expect(await tried(0)).toEqual({ result: "done", attempts: [1], waits: [], told: [] });
  });

  it("tries again after waits that double, and tells each", async () => {
    expect(await tried(2)).toEqual({
      result: "done",
      attempts: [1, 2, 3],
      waits: [1_000, 2_000],
      told: [
        [2, 1_000, "failure 1"],
        [3, 2_000, "failure 2"],
      ],
    });
  });

  it("gives up with the last error", async () => {
    expect(await tried(9)).toMatchObject({ result: "failure 3", attempts: [1, 2, 3] });
  });

  it("does not try again where that cannot help", async () => {
    const canHelp = (error: unknown) => (error as Error).message !== "failure 2";
    expect(await tried(9, { canHelp })).toMatchObject({ result: "failure 2", attempts: [1, 2] });
  });

  it.each([
    [0, 500],
    [0.999, 1_499],
  ])("waits half less to half more by chance: %d is %d ms", async (chance, ms) => {
    expect((await tried(1, { random: () => chance })).waits).toEqual([ms]);
  });

  it("does not wait past the deadline", async () => {
    const deadlineMs = performance.now() + 900;
    expect(await tried(9, { deadlineMs })).toMatchObject({ result: "failure 1", waits: [] });
  });
});

describe("pause", () => {
  it("ends at once when the signal fires, before or meanwhile", async () => {
    const startedMs = performance.now();
    const canceler = new AbortController();
    const pausing = pause(60_000, canceler.signal);
    canceler.abort();
    await pausing;
    await pause(60_000, AbortSignal.abort());
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
