/** Figures are told by their middle and their spread, in the unit that a person reads. */
import { describe, expect, it } from "vitest";
import { Collected } from "../../../bench/collect.ts";
import { cell, quantity } from "../../../bench/report/figures.ts";
import { rotated, summaryOf } from "../../../bench/statistics.ts";
import { measured } from "./sample.ts";

describe("a summary", () => {
  it("has the middle of an odd and of an even number of values, and the spread", () => {
    expect(summaryOf([9, 1, 2])).toEqual({ median: 2, least: 1, most: 9 });
    expect(summaryOf([4, 1, 2, 9])).toEqual({ median: 3, least: 1, most: 9 });
    expect(summaryOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });
});

describe("a figure", () => {
  it("is shown in seconds or megabytes, and to the millisecond below a second", () => {
    expect(cell(measured("raw", "start", 1_000, 2_000, 4_000), "ms")).toBe("2.00 (1.00-4.00)");
    expect(cell(measured("raw", "status", 81, 90, 1_200), "ms")).toBe("0.090 (0.081-1.20)");
    expect(cell(measured("raw", "memory", 87_400_000), "bytes")).toBe("87.4 (87.4-87.4)");
    expect(quantity(-150, "ms")).toBe("-0.150 s");
    expect(quantity(20_000_000, "bytes")).toBe("20.0 MB");
    expect(cell(measured("raw", "containers", 0, 1), "count")).toBe("0.5 (0-1)");
    expect(quantity(3, "count")).toBe("3");
  });

  it("keeps its place where there is none", () => {
    expect(cell({ ...measured("raw", "preview"), notDone: "no such command" }, "ms")).toBe(
      "not done",
    );
    expect(cell(undefined, "ms")).toBe("-");
  });
});

describe("a round", () => {
  it("has every contender once, another one first each time", () => {
    expect([0, 1, 2, 3].map((round) => rotated(["a", "b", "c"], round).join(""))).toEqual([
      ...["abc", "bca", "cab", "abc"],
    ]);
    expect(rotated([], 3)).toEqual([]);
  });
});

describe("figures that come one by one", () => {
  it("are kept by contender and work, with the first reason why one is missing", () => {
    const collected = new Collected();
    collected.add("raw", "start", 2);
    collected.add("ours", "start", 1);
    collected.add("raw", "start", 4);
    collected.add("raw", "heal", "it is dead");
    collected.add("raw", "heal", "it is still dead");
    collected.add("raw", "heal", 9);
    expect(collected.measured).toEqual([
      { contender: "raw", work: "start", samples: [2, 4] },
      { contender: "ours", work: "start", samples: [1] },
      { contender: "raw", work: "heal", samples: [9], notDone: "it is dead" },
    ]);
  });
});
