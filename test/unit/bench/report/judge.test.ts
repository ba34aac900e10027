/** Goals compare medians of one suite, by their ratio, also to a sum, their difference or over several pieces of work, or watch a figure grow. */
import { describe, expect, it } from "vitest";
import { GOALS, type Goal } from "../../../../bench/report/goals.ts";
import { type Figures, judge } from "../../../../bench/report/judge.ts";
import { FIGURES, measured } from "../sample.ts";

const BASE = { id: "it", suite: "life", who: "ours", than: "raw" } as const;

function judgedAs(goal: Goal, change: Partial<Figures>) {
  const [one, ...others] = judge({ ...FIGURES, ...change }, [goal]);
  expect(others).toEqual([]);
  return one;
}

describe("a ratio", () => {
  const goal: Goal = { ...BASE, kind: "ratio", work: "start", most: 0.5 };

  it("is of medians, and reached at the very value that is wanted", () => {
    const half = [measured("ours", "start", 6, 5, 100), measured("raw", "start", 12)];
    expect(judgedAs(goal, { measured: half })).toEqual({
      ...{ id: "it", what: "first start: z-billing-lago / docker compose" },
      ...{ is: "0.50", wanted: "≤ 0.50", verdict: "reached" },
    });
    const more = [measured("ours", "start", 6.01), measured("raw", "start", 12)];
    expect(judgedAs(goal, { measured: more })?.verdict).toBe("missed");
  });

  it("is not judged where one of the two is missing", () => {
    const one = [measured("ours", "start"), measured("raw", "start", 12)];
    for (const all of [one, one.slice(1), []]) {
      expect(judgedAs(goal, { measured: all })).toMatchObject({
        ...{ is: "-", verdict: "not measured" },
      });
    }
  });

  it("may be of two pieces of work of one contender", () => {
    const own: Goal = { ...goal, than: "ours", work: "destroy", thanWork: "start" };
    const all = [measured("ours", "start", 10), measured("ours", "destroy", 20)];
    expect(judgedAs(own, { measured: all })).toMatchObject({
      ...{ what: "z-billing-lago: destroy / first start", is: "2.00", verdict: "missed" },
    });
  });
});

describe("none", () => {
  const goal: Goal = { id: "it", suite: "life", kind: "none", who: "ours", work: "start" };

  it("is reached where every round has 0, and not where the median alone does", () => {
    expect(judgedAs(goal, { measured: [measured("ours", "start", 0, 0, 0)] })).toMatchObject({
      ...{ what: "first start: z-billing-lago", is: "0", wanted: "≤ 0", verdict: "reached" },
    });
    expect(judgedAs(goal, { measured: [measured("ours", "start", 0, 0, 2)] })).toMatchObject({
      ...{ is: "2", verdict: "missed" },
    });
    expect(judgedAs(goal, { measured: [] })?.verdict).toBe("not measured");
  });
});

describe("a ratio to a sum", () => {
  const goal: Goal = {
    ...{ id: "it", suite: "life", kind: "ratio to sum", who: "ours", work: "destroy" },
    ...{ than: ["floor", "raw"], most: 1.5 },
  };
  const others = [measured("floor", "destroy", 1, 2, 9), measured("raw", "destroy", 8, 7)];

  it("is of a median to the medians of others together, and reached at the very value", () => {
    const all = [...others, measured("ours", "destroy", 14.25)];
    expect(judgedAs(goal, { measured: all })).toEqual({
      ...{ id: "it", what: "destroy: z-billing-lago / (an empty Pulumi program + docker compose)" },
      ...{ is: "1.50", wanted: "≤ 1.50", verdict: "reached" },
    });
    const more = [...others, measured("ours", "destroy", 19)];
    expect(judgedAs(goal, { measured: more })).toMatchObject({ is: "2.00", verdict: "missed" });
  });

  it("is not judged where any of them is missing", () => {
    const all = [...others, measured("ours", "destroy", 1)];
    for (const missing of all) {
      const rest = all.filter((one) => one !== missing);
      const undone = { ...missing, samples: [] };
      for (const figures of [rest, [...rest, undone]]) {
        expect(judgedAs(goal, { measured: figures })).toMatchObject({
          ...{ is: "-", wanted: "≤ 1.50", verdict: "not measured" },
        });
      }
    }
  });
});

describe("a difference", () => {
  const goal: Goal = { ...BASE, kind: "difference", work: "start", most: 150, unit: "ms" };

  it("is shown in the unit of the work", () => {
    const all = [measured("ours", "start", 300), measured("raw", "start", 149)];
    expect(judgedAs(goal, { measured: all })).toMatchObject({
      ...{ what: "first start: z-billing-lago - docker compose" },
      ...{ is: "0.151 s", wanted: "≤ 0.150 s", verdict: "missed" },
    });
    const memory: Goal = { ...goal, unit: "bytes", most: 20_000_000 };
    expect(judgedAs(memory, { measured: all })).toMatchObject({
      ...{ is: "0.0 MB", wanted: "≤ 20.0 MB", verdict: "reached" },
    });
    expect(judgedAs(memory, { measured: [], work: [] })?.wanted).toBe("≤ 20.0 MB");
  });
});

describe("being faster nowhere", () => {
  const goal: Goal = { ...BASE, kind: "none faster", works: ["start", "destroy"] };

  it("shows the work at which it comes nearest", () => {
    expect(judgedAs(goal, {})).toMatchObject({
      ...{ is: "0.75 at most (first start)", wanted: "≤ 1.00 each", verdict: "reached" },
    });
  });

  it("is missed for a single one, and not judged while one is missing", () => {
    const start = [measured("ours", "start", 1), measured("raw", "start", 2)];
    const destroy = [measured("ours", "destroy", 3), measured("raw", "destroy", 2)];
    expect(judgedAs(goal, { measured: [...start, ...destroy] })).toMatchObject({
      ...{ is: "1.50 at most (destroy)", verdict: "missed" },
    });
    expect(judgedAs(goal, { measured: start })?.verdict).toBe("not measured");
  });
});

describe("the goals", () => {
  it("are judged in the suite that they are for only", () => {
    expect(judge(FIGURES).map(({ id }) => id)).toEqual(
      GOALS.filter(({ suite }) => suite === "life").map(({ id }) => id),
    );
    expect(judge({ ...FIGURES, id: "boot" })).toEqual([]);
  });
});
