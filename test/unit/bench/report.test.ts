/** Figures of the benchmark are told by their middle and their spread, and judged by ratios. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../bench/report/goals.ts";
import { renderBenchmark } from "../../../bench/report/markdown.ts";
import { cell } from "../../../bench/report/table.ts";
import { rotated, summaryOf } from "../../../bench/statistics.ts";

describe("a summary", () => {
  it("has the middle of an odd and of an even number of values, and the spread", () => {
    expect(summaryOf([9, 1, 2])).toEqual({ median: 2, least: 1, most: 9 });
    expect(summaryOf([4, 1, 2, 9])).toEqual({ median: 3, least: 1, most: 9 });
    expect(summaryOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });

  it("is shown in seconds, and a reason's place kept where there is none", () => {
    const one = { contender: "raw", work: "start", samplesMs: [1_000, 2_000, 4_000] };
    expect(cell(one)).toBe("2.00 (1.00-4.00)");
    expect(cell({ ...one, samplesMs: [], notDone: "it has no such command" })).toBe("not done");
    expect(cell(undefined)).toBe("-");
  });
});

describe("the document", () => {
  it("has the figures, the ratios, the command beside them, and what was not done", () => {
    const text = renderBenchmark({
      ...{ command: "npm run bench", date: "2026-11-25", rounds: 5, hardware: "2 cores" },
      versions: { compose: "2.26.1" },
      contenders: [
        { name: "ours", title: "z-billing-lago" },
        { name: "raw", title: "docker compose" },
      ],
      work: [
        { id: "start", title: "first start" },
        { id: "preview", title: "preview" },
      ],
      measured: [
        { contender: "ours", work: "start", samplesMs: [6_000] },
        { contender: "raw", work: "start", samplesMs: [8_000] },
        { contender: "raw", work: "preview", samplesMs: [], notDone: "it has\nno such command" },
      ],
    });
    expect(text).toContain(
      "with 5 rounds on 2 cores; compose 2.26.1.\nTo repeat it: `npm run bench`",
    );
    expect(text).toContain("| first start | 6.00 (6.00-6.00) | 8.00 (8.00-8.00) |");
    expect(text).toContain("| preview | - | not done |");
    expect(text).toContain(
      "| first start: z-billing-lago / docker compose | 0.75 | ≤ 0.60 | **missed** |",
    );
    expect(text).toContain("- docker compose, preview: it has no such command\n");
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

describe("the goals", () => {
  const measured = (contender: string, work: string, ...samplesMs: number[]) => ({
    ...{ contender, work, samplesMs },
  });

  it("are ratios of medians, and none where one of the two is missing", () => {
    const found = judge({
      measured: [
        measured("ours", "start", 6, 5, 100),
        measured("raw", "start", 12),
        measured("cli", "start"),
      ],
    });
    const ratioOf = (who: string) =>
      found.find((goal) => goal.work === "start" && goal.who === who)?.ratio;
    expect(ratioOf("ours")).toBe(0.5);
    expect(ratioOf("cli")).toBeUndefined();
  });
});
