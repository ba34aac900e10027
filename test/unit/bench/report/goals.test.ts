import { describe, expect, it } from "vitest";
import { GOALS, type Goal } from "../../../../bench/report/goals.ts";
import { SUITES } from "../../../../bench/suites.ts";

function worksOf(goal: Goal): string[] {
  switch (goal.kind) {
    case "none faster":
      return [...goal.works];
    case "no growth":
    case "none":
    case "ratio to sum":
      return [goal.work];
    default:
      return [goal.work, goal.thanWork ?? goal.work];
  }
}

function contendersOf(goal: Goal): string[] {
  switch (goal.kind) {
    case "no growth":
    case "none":
      return [goal.who];
    case "ratio to sum":
      return [goal.who, ...goal.than];
    default:
      return [goal.who, goal.than];
  }
}

describe("the goals", () => {
  it("name suites, contenders and work that there are, each with an id of its own", () => {
    for (const goal of GOALS) {
      const suite = SUITES.find(({ id }) => id === goal.suite);
      const contenders = suite?.contenders.map(({ name }) => name);
      const work = suite?.work.map(({ id }) => id);
      expect(contenders).toEqual(expect.arrayContaining(contendersOf(goal)));
      expect(work).toEqual(expect.arrayContaining(worksOf(goal)));
      if (goal.kind === "difference" || goal.kind === "no growth") {
        expect(suite?.work.find(({ id }) => id === goal.work)?.unit).toBe(goal.unit);
      }
    }
    expect(new Set(GOALS.map(({ id }) => id)).size).toBe(GOALS.length);
  });
});
