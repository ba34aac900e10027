import { describe, expect, it } from "vitest";
import { type Measurement, QUANTITIES } from "../../../scripts/soak/quantities.ts";
import { reportOf, reportText } from "../../../scripts/soak/report.ts";
import { judge, type Quantity, warmUpRounds } from "../../../scripts/soak/verdict.ts";

const MEMORY: Quantity = { name: "memory", unit: "MB", tolerance: 10 };
const LEFT: Quantity = { name: "containers", unit: "", tolerance: 0 };

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
  ])("is flat when it %s", (_, value) => {
    for (const rounds of [10, 30, 100]) {
      expect(judge(MEMORY, series(rounds, value)).flat, `${rounds} rounds`).toBe(true);
    }
  });

  it.each([
    ["0.5 MB a round", (n: number) => 100 + 0.5 * n],
    ["0.5 MB a round under noise", (n: number) => 100 + 0.5 * n + 5 * noise(n)],
    ["0.2 MB a round", (n: number) => 100 + 0.2 * n + noise(n)],
    ["more and more", (n: number) => 100 * 1.005 ** n],
  ])("is found to rise with a leak of %s", (_, value) => {
    const verdict = judge(MEMORY, series(100, value));
    expect(verdict.flat).toBe(false);
    expect(verdict.slopePerTenRounds).toBeGreaterThan(1);
  });

  it("is found to rise within ten rounds, with a leak of 2 MB each", () => {
    expect(
      judge(
        MEMORY,
        series(10, (n) => 100 + 2 * n),
      ).flat,
    ).toBe(false);
  });

  it("is found to rise with one descriptor in twenty rounds", () => {
    const descriptors: Quantity = { name: "descriptors", unit: "", tolerance: 1 };
    expect(
      judge(
        descriptors,
        series(100, (n) => 30 + Math.floor(n / 20)),
      ).flat,
    ).toBe(false);
    expect(
      judge(
        descriptors,
        series(100, (n) => 30 + (n % 2)),
      ).flat,
    ).toBe(true);
  });

  it("is summed up without its first rounds", () => {
    const verdict = judge(MEMORY, [10, 20, 30, ...series(17, (n) => 100 + n)]);
    expect(verdict).toMatchObject({ first: 100, median: 108, last: 116, slopePerTenRounds: 10 });
  });
});

describe("what is counted", () => {
  it.each([
    [[0, 0, 0, 0], true],
    [[4, 4, 4], true],
    [[2, 0, 1, 0], true],
    [[0, 0, 0, 1], false],
    [[0, 1, 0, 0], false],
    [[4, 4, 5, 5], false],
    [[3], true],
  ])("is flat as long as no round leaves more than the first: %j", (values, flat) => {
    expect(judge(LEFT, values).flat).toBe(flat);
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

describe("the report", () => {
  const names = Object.keys(QUANTITIES) as (keyof Measurement)[];
  const measured = (change: Partial<Measurement> = {}): Measurement => ({
    ...(Object.fromEntries(names.map((name) => [name, 5])) as unknown as Measurement),
    ...change,
  });

  it("has a line for each quantity, and says that all are flat", () => {
    const report = reportOf(Array.from({ length: 10 }, () => measured()));
    expect(report).toMatchObject({ rounds: 10, warmUp: 2, flat: true });
    const text = reportText(report);
    for (const name of names) {
      expect(text).toMatch(
        new RegExp(`^${QUANTITIES[name].name.replace(/[()]/g, "\\$&")} .* flat$`, "m"),
      );
    }
    expect(text).toContain("10 rounds, the first 2 of them to warm up: nothing grows.");
  });

  it.each(names)("says so when something of %s is left", (name) => {
    const report = reportOf(Array.from({ length: 30 }, (_, n) => measured({ [name]: 5 + n })));
    expect(report.flat).toBe(false);
    const risen = report.verdicts.filter(({ flat }) => !flat);
    expect(risen.map(({ quantity }) => quantity)).toEqual([QUANTITIES[name]]);
    expect(reportText(report)).toMatch(/RISES$/m);
  });
});
