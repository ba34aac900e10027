import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { Batches } from "../../../src/process/batches.ts";

/** Batches that are kept, and failures. */
function kept(onBatch: (lines: readonly string[]) => Promise<void> = async () => {}) {
  const seen: (readonly string[])[] = [];
  const failures: unknown[] = [];
  const batches = new Batches(
    (lines) => {
      seen.push(lines);
      return onBatch(lines);
    },
    (error) => failures.push(error),
  );
  return { batches, seen, failures };
}

it("hands on together what comes together, by itself", async () => {
  const { batches, seen } = kept();
  for (const line of ["a", "b", "c"]) {
    batches.add(line);
    await batches.drained();
  }
  expect(seen).toEqual([]);
  await delay(200);
  expect(seen).toEqual([["a", "b", "c"]]);
});

it("hands on what is much at once, and has room again when that is taken", async () => {
  const taken = Promise.withResolvers<void>();
  const { batches, seen } = kept(() => taken.promise);
  batches.add("x".repeat(70_000));
  let hasRoom = false;
  const drained = batches.drained().then(() => {
    hasRoom = true;
  });
  await delay(20);
  expect({ batches: seen.length, hasRoom }).toEqual({ batches: 1, hasRoom: false });
  taken.resolve();
  await drained;
});

it("hands on one batch at a time, in order", async () => {
  let running = 0;
  const { batches, seen } = kept(async () => {
    running += 1;
    expect(running).toBe(1);
    await delay(5);
    running -= 1;
  });
  for (let n = 0; n < 5; n += 1) {
    batches.add(`${n}`);
    void batches.flush();
  }
  await batches.flush();
  expect(seen.flat()).toEqual(["0", "1", "2", "3", "4"]);
});

it("tells a failure once, and hands on nothing after it", async () => {
  const { batches, seen, failures } = kept(async () => {
    throw new Error("no room");
  });
  batches.add("a");
  await batches.flush();
  batches.add("b");
  await batches.flush();
  expect(seen).toEqual([["a"]]);
  expect(failures).toEqual([new Error("no room")]);
});

it("looks again when it is asked to, also where nothing has come, and once", async () => {
  const { batches, seen } = kept();
  batches.flushAfter(Number.POSITIVE_INFINITY);
  batches.flushAfter(10_000);
  batches.flushAfter(30);
  await delay(100);
  expect(seen).toEqual([[]]);
  batches.flushAfter(30);
  await batches.end();
  await delay(100);
  expect(seen).toEqual([[]]);
});
