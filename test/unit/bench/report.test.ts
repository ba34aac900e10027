/** Reports of suites are put together, shown as tables, and made a document. */
import { describe, expect, it } from "vitest";
import { GOALS } from "../../../bench/report/goals.ts";
import { renderBenchmark } from "../../../bench/report/markdown.ts";
import { mergeReports } from "../../../bench/report/merge.ts";
import { REMARKS, unexplained } from "../../../bench/report/remarks.ts";
import { reportSchema } from "../../../bench/report/result.ts";
import { reportText } from "../../../bench/report/table.ts";
import { REPORT } from "./sample.ts";

const MISSED = "life/start/ours/raw";
const REACHED = "life/destroy/ours/floor+raw";
const remark = { bound: "Pulumi takes its time.", tried: "asking it not to." };

describe("a report", () => {
  it("can be written to a file and read again", () => {
    const written = JSON.stringify({ suites: [REPORT] });
    expect(reportSchema.parse(JSON.parse(written))).toEqual({ suites: [REPORT] });
  });

  it("is shown with figures, goals and what it was made on", () => {
    const text = reportText({ suites: [REPORT] });
    expect(text).toMatch(/^first start, s +6\.00 \(6\.00-6\.00\) +8\.00 \(8\.00-8\.00\) +-$/m);
    expect(text).toMatch(
      /^first start: z-billing-lago \/ docker compose +0\.75 +≤ 0\.45 +missed$/m,
    );
    expect(text).toContain("5 rounds on 2 cores; compose 2.26.1");
  });
});

describe("several reports", () => {
  it("give the last one of each suite, in the order of the suites", () => {
    const boot = { ...REPORT, id: "boot" };
    const { suites } = mergeReports(
      [{ suites: [boot, REPORT] }, { suites: [{ ...REPORT, date: "2026-12-01" }] }],
      ["life", "boot"],
    );
    expect(suites.map(({ id, date }) => [id, date])).toEqual([
      ...[
        ["life", "2026-12-01"],
        ["boot", "2026-11-25"],
      ],
    ]);
  });

  it("are judged by the goals of today", () => {
    const { suites } = mergeReports([{ suites: [{ ...REPORT, goals: [] }] }], ["life"]);
    expect(suites[0]?.goals).toEqual(REPORT.goals);
  });
});

describe("the document", () => {
  const text = renderBenchmark({ suites: [REPORT, { ...REPORT, id: "boot", goals: [] }] }, {});

  it("has for each suite how it was measured, the figures, and the command beside them", () => {
    expect(text).toContain("## The life of a deployment\n\nBy a clock.\n");
    expect(text).toContain("| first start, s | 6.00 (6.00-6.00) | 8.00 (8.00-8.00) | - |");
    expect(text).toContain("| preview, s | - | not done | - |");
    expect(text).toContain(
      "Run on 2026-11-25 with 5 rounds on 2 cores; compose 2.26.1.\nTo repeat it: `npm run bench -- --json one.json`",
    );
  });

  it("has the goals, and what was not done", () => {
    expect(text).toContain(
      "| first start: z-billing-lago / docker compose | 0.75 | ≤ 0.45 | **missed** |",
    );
    expect(text).toContain(
      "| destroy: z-billing-lago / (an empty Pulumi program + docker compose) | 0.40 | ≤ 1.15 | reached |",
    );
    expect(text).toContain("- docker compose, preview: no network PROJECT\n");
    expect(text.match(/What was to be reached/g)).toHaveLength(1);
  });

  it("has the remark on a goal that is missed, and none on one that is reached", () => {
    const remarked = renderBenchmark(
      { suites: [REPORT] },
      { [MISSED]: remark, [REACHED]: { bound: "Nothing.", tried: "nothing." } },
    );
    expect(remarked).toContain(
      "- **first start: z-billing-lago / docker compose**, 0.75: Pulumi takes its time. Tried: asking it not to.\n",
    );
    expect(remarked).not.toContain("Nothing.");
  });
});

describe("remarks", () => {
  it("are missed where a goal is, and only there", () => {
    expect(unexplained({ suites: [REPORT] }, {})).toEqual([MISSED]);
    expect(unexplained({ suites: [REPORT] }, { [MISSED]: remark })).toEqual([]);
  });

  it("are on goals that there are", () => {
    const ids = GOALS.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(REMARKS)));
  });
});
