import { describe, expect, it } from "vitest";
import { STACKS, STACKS_WORK, stacksFor, sums } from "../../../../bench/stacks/work.ts";

describe("many stacks", () => {
  it("are as many as the chosen work needs", () => {
    expect(stacksFor(STACKS_WORK.map(({ id }) => id))).toBe(STACKS);
    expect(stacksFor(["start-1", "nothing-5", "start-3"])).toBe(5);
    expect(stacksFor(["first"])).toBe(STACKS);
  });

  it("come to a first and a last one, and to two halves, once all are started", () => {
    const startsMs = Array.from({ length: STACKS }, (_, index) => index + 1);
    expect(sums(startsMs)).toEqual({ first: 2, last: 19, "first-half": 55, "second-half": 155 });
    expect(sums(startsMs.slice(1))).toEqual({});
    const ids = STACKS_WORK.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(sums(startsMs))));
  });
});
