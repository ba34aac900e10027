import { describe, expect, it } from "vitest";
import { GOALS } from "../../../../bench/report/goals.ts";
import { SUITES } from "../../../../bench/suites.ts";

describe("the goals", () => {
  it("name suites, contenders and work that there are, each with an id of its own", () => {
    for (const goal of GOALS) {
      const suite = SUITES.find(({ id }) => id === goal.suite);
      const contenders = suite?.contenders.map(({ name }) => name);
      const work = suite?.work.map(({ id }) => id);
      expect(contenders).toEqual(expect.arrayContaining([goal.who, goal.than]));
      const works =
        goal.kind === "none faster" ? goal.works : [goal.work, goal.thanWork ?? goal.work];
      expect(work).toEqual(expect.arrayContaining([...works]));
      if (goal.kind === "difference") {
        expect(suite?.work.find(({ id }) => id === goal.work)?.unit).toBe(goal.unit);
      }
    }
    expect(new Set(GOALS.map(({ id }) => id)).size).toBe(GOALS.length);
  });
});
