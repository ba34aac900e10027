import { describe, expect, it } from "vitest";
import { judge } from "../../../soak/verdict.ts";

const ROUNDS = 100;
const series = (value: (round: number) => number, rounds = ROUNDS) =>
  Array.from({ length: rounds }, (_, round) => value(round));

/** The same numbers in every run. */
const noise = (round: number) => Math.sin(round * 12.9898) * 10;

describe("memory", () => {
  const memory = (values: number[]) => judge({ name: "rss", kind: "memory", values });

  it("is flat when it only goes up and down", () => {
    expect(memory(series((round) => 120 + noise(round))).flat).toBe(true);
  });

  it("is flat when it grows while it warms up and not after", () => {
    expect(memory(series((round) => 80 + Math.min(round, 15) * 4 + noise(round))).flat).toBe(true);
  });

  it("is not flat when each round leaves a quarter of a mebibyte", () => {
    const verdict = memory(series((round) => 120 + round / 4 + noise(round)));
    expect(verdict.flat).toBe(false);
    expect(verdict.per10Rounds).toBeCloseTo(2.5, 0);
  });
});

describe("a count", () => {
  const count = (values: number[]) => judge({ name: "fds", kind: "count", values });

  it("is flat when it stays, also when the first rounds had fewer", () => {
    expect(count([20, 21, ...series(() => 23, 8)]).flat).toBe(true);
  });

  it("is not flat when one thing is left in a single round", () => {
    expect(count([...series(() => 0, 9), 1]).flat).toBe(false);
  });

  it("is not flat when something is left in each round", () => {
    expect(count(series((round) => 20 + round)).flat).toBe(false);
  });
});

it("tells first, median and last", () => {
  expect(judge({ name: "x", kind: "count", values: [9, 9, 1, 2, 3] })).toMatchObject({
    first: 9,
    median: 2,
    last: 3,
    per10Rounds: 10,
  });
});
