import { expect, it } from "vitest";
import { together } from "../../../src/process/together.ts";

const late = <T>(end: () => T) =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  }).then(end);

it("has the results in the order of the works", async () => {
  expect(await together([late(() => 1), Promise.resolve("two"), 3])).toEqual([1, "two", 3]);
  expect(await together([])).toEqual([]);
});

it("fails as the first in that order does, and only when all are done", async () => {
  const done: string[] = [];
  const note = (name: string) => () => {
    done.push(name);
    throw new Error(name);
  };
  const works = [late(() => done.push("fine")), late(note("first")), Promise.reject("second")];
  await expect(together(works)).rejects.toThrow("first");
  expect(done).toEqual(["fine", "first"]);
});
