import { describe, expect, it } from "vitest";
import { allSettledOrThrow, memoized, PromiseCache, pause } from "../../../src/process/async.ts";

const late = <T>(end: () => T) =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  }).then(end);

describe("allSettledOrThrow", () => {
  it("has the results in the order of the promises", async () => {
    expect(await allSettledOrThrow([late(() => 1), Promise.resolve("two"), 3])).toEqual([
      1,
      "two",
      3,
    ]);
    expect(await allSettledOrThrow([])).toEqual([]);
  });

  it("fails as the first in that order does, and only once all have settled", async () => {
    const done: string[] = [];
    const note = (name: string) => () => {
      done.push(name);
      throw new Error(name);
    };
    const promises = [late(() => done.push("fine")), late(note("first")), Promise.reject("second")];
    await expect(allSettledOrThrow(promises)).rejects.toThrow("first");
    expect(done).toEqual(["fine", "first"]);
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

describe("a cache of promises", () => {
  it("asks once for each key, also while the answer is still to come", async () => {
    const cache = new PromiseCache();
    let count = 0;
    const ask = async () => {
      count += 1;
      return count;
    };
    const answers = [cache.get("a", ask), cache.get("a", ask), cache.get("b", ask)];
    expect(await Promise.all(answers)).toEqual([1, 1, 2]);
  });

  it("keeps no failure", async () => {
    let count = 0;
    const work = memoized(async () => {
      count += 1;
      if (count === 1) {
        throw new Error("failed");
      }
      return count;
    });
    await expect(work()).rejects.toThrow("failed");
    expect([await work(), await work()]).toEqual([2, 2]);
  });
});
