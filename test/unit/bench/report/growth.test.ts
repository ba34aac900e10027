/** What grows from round to round is told from what fluctuates. */
import { describe, expect, it } from "vitest";
import { GOALS } from "../../../../bench/report/goals.ts";
import { leftBehind, trendOver, warmUpRounds } from "../../../../bench/report/growth.ts";
import { type Figures, judge } from "../../../../bench/report/judge.ts";
import { QUANTITIES } from "../../../../bench/soak/quantities.ts";
import { soak } from "../../../../bench/soak/suite.ts";
import { FIGURES, measured } from "../sample.ts";

/** Megabytes that memory may grow over a whole run. */
const TOLERANCE = 10;

/** Noise that is the same in each run, from -1 to 1. */
const noise = (n: number) => Math.sin(n * 12.9898) * Math.cos(n * 78.233);

const series = (rounds: number, value: (n: number) => number) =>
  Array.from({ length: rounds }, (_, n) => value(n));

describe("what fluctuates", () => {
  it.each([
    ["is the same each time", () => 100],
    ["goes up and down", (n: number) => 100 + 4 * noise(n)],
    ["grows while it warms up", (n: number) => (n < 3 ? 60 + 13 * n : 100 + noise(n))],
    ["falls", (n: number) => 120 - 0.5 * n],
    ["is once out of line", (n: number) => (n === 50 ? 400 : 100 + noise(n))],
    ["grows a little and stays", (n: number) => 100 + 6 * (1 - 1 / (1 + n)) + noise(n)],
  ])("does not grow when it %s", (_, value) => {
    for (const rounds of [10, 30, 100]) {
      expect(trendOver(series(rounds, value)), `${rounds} rounds`).toBeLessThan(TOLERANCE);
    }
  });

  it.each([
    ["0.5 MB a round", (n: number) => 100 + 0.5 * n],
    ["0.5 MB a round under noise", (n: number) => 100 + 0.5 * n + 5 * noise(n)],
    ["0.2 MB a round", (n: number) => 100 + 0.2 * n + noise(n)],
    ["more and more", (n: number) => 100 * 1.005 ** n],
  ])("grows with a leak of %s", (_, value) => {
    expect(trendOver(series(100, value))).toBeGreaterThan(TOLERANCE);
  });

  it("grows within ten rounds, with a leak of 2 MB each", () => {
    expect(trendOver(series(10, (n) => 100 + 2 * n))).toBeGreaterThan(TOLERANCE);
  });

  it("grows with one descriptor in twenty rounds", () => {
    expect(trendOver(series(100, (n) => 30 + Math.floor(n / 20)))).toBeGreaterThan(1);
    expect(trendOver(series(100, (n) => 30 + (n % 2)))).toBeLessThanOrEqual(1);
  });

  it("grows by what its trend comes to after the first rounds", () => {
    expect(trendOver([10, 20, 30, ...series(17, (n) => 100 + n)])).toBe(16);
  });
});

describe("what belongs to a round", () => {
  it.each([
    [[0, 0, 0, 0], 0],
    [[4, 4, 4], 0],
    [[2, 0, 1, 0], 0],
    [[0, 0, 0, 1], 1],
    [[0, 1, 0, 0], 1],
    [[4, 4, 5, 5], 1],
    [[3], 0],
    [[], 0],
  ])("is left behind where a round has more of it than the first: %j", (values, left) => {
    expect(leftBehind(values)).toBe(left);
  });
});

it.each([
  [1, 0],
  [4, 0],
  [5, 1],
  [10, 2],
  [15, 3],
  [100, 3],
])("of %d rounds %d are to warm up", (rounds, warmUp) => {
  expect(warmUpRounds(rounds)).toBe(warmUp);
});

describe("the goals of the soak", () => {
  const figures = (samples: (work: string) => number[]): Figures => ({
    ...FIGURES,
    ...{ id: soak.id, contenders: [...soak.contenders], work: [...soak.work] },
    measured: soak.work.map(({ id }) => measured("library", id, ...samples(id))),
  });
  const verdicts = (report: Figures) =>
    judge(report)
      .filter(({ verdict }) => verdict !== "not measured")
      .map(({ id, verdict }) => [id, verdict]);
  const ids = QUANTITIES.map(({ id }) => id);

  it("are reached where everything stays as it is, one for each quantity", () => {
    expect(verdicts(figures(() => series(10, () => 5))).sort()).toEqual(
      ids.map((id) => [`soak/${id}/library`, "reached"]).sort(),
    );
  });

  it.each(ids)("are missed where %s grows, and that one only", (grown) => {
    const report = figures((id) => series(30, (n) => (id === grown ? 5e6 * (n + 1) : 5)));
    const missed = verdicts(report).filter(([, verdict]) => verdict === "missed");
    expect(missed).toEqual([[`soak/${grown}/library`, "missed"]]);
  });

  it("say by how much, in the unit of the quantity", () => {
    const report = figures((id) => series(10, (n) => (id === "rss" ? 5e6 * n : n === 9 ? 3 : 1)));
    const said = (id: string) => judge(report).find((one) => one.id === id);
    expect(said("soak/rss/library")).toMatchObject({
      ...{ is: "35.0 MB", wanted: "≤ 12.0 MB", verdict: "missed" },
      what: "growth of memory of the process (RSS): z-billing-lago, the library",
    });
    expect(said("soak/containers/library")).toMatchObject({
      ...{ is: "2", wanted: "≤ 0", verdict: "missed" },
    });
  });

  it("are of each quantity of the host for Pulumi too", () => {
    const host = QUANTITIES.filter((one) => one.of === "host").map(({ id }) => id);
    const goals = GOALS.filter(({ suite, who }) => suite === "soak" && who === "pulumi");
    expect(goals.map(({ id }) => id)).toEqual(host.map((id) => `soak/${id}/pulumi`));
  });
});
