import { describe, expect, it } from "vitest";
import { loadCases } from "../../../faults/cases.ts";
import { KNOWN_LOSSES } from "../../../faults/known-losses.ts";
import { BENCH_FAILED, levelResult } from "../../../faults/report/level.ts";
import { renderFaults } from "../../../faults/report/markdown.ts";
import { mergeReports } from "../../../faults/report/merge.ts";
import {
  type CaseResult,
  outcomeOf,
  type Report,
  TOTAL_CASES,
} from "../../../faults/report/result.ts";
import { reportText } from "../../../faults/report/table.ts";
import { benchFailures } from "../../../faults/report/verdict.ts";
import { changesIn } from "../../../faults/subjects/pulumi.ts";
import { faultsTally } from "../../../scripts/checks/tally.ts";
import { LEVELS } from "../../../testing/world/level.ts";

const level = (outcome: CaseResult["outcome"], reasons: string[] = []) => ({
  level: "F" as const,
  outcome,
  reasons,
  violated: outcome === "lost" ? ["I2"] : [],
  runs: 20,
  lostRuns: outcome === "lost" ? 3 : 0,
  worstMs: 1_234,
  durationMs: 5_000,
});

const caseOf = (id: string, outcome: CaseResult["outcome"], reasons?: string[]): CaseResult => {
  const levels = [level(outcome, reasons)];
  return { id, name: "name", injects: "a | b", expects: "all", outcome, levels };
};

const report = (...cases: CaseResult[]): Report => ({
  subject: "ours",
  title: "z-billing-lago",
  command: "npm run faults",
  date: "2026-11-25",
  versions: { node: "24.0.0" },
  cases,
  durationMs: 61_000,
});

const MIXED = report(
  caseOf("RB01", "survived"),
  caseOf("RB02", "lost", ["I2: up ended\nwith 0"]),
  caseOf("RB03", "not applicable", ["it has none"]),
);

describe("a report", () => {
  it("is a table with its reasons and the score", () => {
    const text = reportText(MIXED);
    expect(text).toMatch(/^RB02 +name +F +lost +I2 +3 of 20 lost +1\.2 s$/m);
    expect(text).toContain("I2: up ended with 0");
    expect(text).toMatch(/score 1\/\d+ \(3 of them were run\) in 1 min 1 s$/);
  });

  it("is a document with a column a subject, the command beside its figures", () => {
    const other = { ...report(caseOf("RB01", "lost", ["x"])), title: "docker compose" };
    const text = renderFaults([MIXED, other]);
    expect(text).toContain(`| z-billing-lago | **1/${TOTAL_CASES}**, 1 not applicable |`);
    expect(text).toContain("| `npm run faults` |");
    expect(text).toMatch(/^\| RB01 name \| a \\\| b \| all \| ✓ .* \| ✗ .*17 of 20 runs/m);
    expect(text).toMatch(/^\| RB02 name .* \| not run \|$/m);
  });

  it("is corrected by a later one of the same subject, case by case and level by level", () => {
    const onD = { ...level("lost", ["late"]), level: "D" as const };
    const two = caseOf("RB02", "survived");
    const later = { ...report({ ...two, levels: [...two.levels, onD] }), command: "again" };
    const other = { ...MIXED, subject: "raw" };
    const [ours, raw] = mergeReports([MIXED, other, later]);
    expect(ours?.cases.map(({ id }) => id)).toEqual(["RB01", "RB02", "RB03"]);
    expect(ours?.cases[1]).toMatchObject({
      ...{ outcome: "lost", levels: [{ level: "F", outcome: "survived" }, { level: "D" }] },
    });
    expect(ours).toMatchObject({ command: "npm run faults`, then `again", durationMs: 122_000 });
    expect(raw).toEqual(other);
  });

  it("counts as lost what is lost on one level", () => {
    expect(outcomeOf([level("survived"), level("lost")])).toBe("lost");
    expect(outcomeOf([level("survived"), level("not applicable")])).toBe("survived");
    expect(outcomeOf([level("not applicable")])).toBe("not applicable");
  });
});

describe("the runs of a case together", () => {
  const run = { reasons: [], violated: [], worstMs: 10, durationMs: 100 };

  it("are lost with one of them, each reason told once", () => {
    const lost = { ...run, reasons: ["why"], violated: ["I2"], worstMs: 30 };
    expect(levelResult("D", [run, lost, lost])).toEqual({
      ...{ level: "D", outcome: "lost", reasons: ["why"], violated: ["I2"] },
      ...{ runs: 3, lostRuns: 2, worstMs: 30, durationMs: 300 },
    });
    expect(levelResult("D", [run, run]).outcome).toBe("survived");
    expect(levelResult("F", [{ ...run, notApplicable: "it has none" }])).toMatchObject({
      ...{ outcome: "not applicable", reasons: ["it has none"], lostRuns: 0 },
    });
  });

  it("say nothing of the subject when the bench itself failed", () => {
    const failed = caseOf("RB01", "lost", [`${BENCH_FAILED}: no space`]);
    expect(benchFailures([failed, caseOf("RB02", "lost", ["x"])])).toEqual([
      "RB01 name was not judged: the bench itself failed",
    ]);
  });
});

describe("the tally of the fault cases", () => {
  const json = JSON.stringify(MIXED);

  it.each([
    ["a loss that is not known", json, 1, {}, { passed: 2, failed: 1, skipped: 0 }],
    ["a known loss", json, 0, { RB02: "why" }, { passed: 2, failed: 0, skipped: 1 }],
    ["an exit code alone", json, 1, { RB02: "why" }, { passed: 2, failed: 1, skipped: 1 }],
    ["no report", undefined, 1, {}, { passed: 0, failed: 1, skipped: 0 }],
    ["a report of nothing", JSON.stringify(report()), 0, {}, { passed: 0, failed: 1, skipped: 0 }],
  ])("has %s", (_, text, exitCode, known, tally) => {
    expect(faultsTally(text, exitCode, known)).toEqual(tally);
  });
});

describe("the cases", () => {
  it("have a number and a bound for each of their levels", async () => {
    const cases = await loadCases();
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.length, "TOTAL_CASES in faults/report/result.ts").toBe(TOTAL_CASES);
    for (const { id, levels, boundMs } of cases) {
      expect(id).toMatch(/^RB\d\d$/);
      expect(levels.length, id).toBeGreaterThan(0);
      expect(LEVELS.filter((one) => boundMs[one] !== undefined).sort(), id).toEqual(
        [...levels].sort(),
      );
    }
    expect(Object.keys(KNOWN_LOSSES).filter((id) => !cases.some((one) => one.id === id))).toEqual(
      [],
    );
  });
});

it("reads what Pulumi says that it changed", () => {
  const before = "Outputs:\n    a: 1\n\nResources:\n";
  expect(changesIn(`${before}    7 unchanged\n\nDuration: 2s\n`)).toEqual([]);
  expect(
    changesIn(`${before}    + 1 created\n    ~ 2 updated\n    +-1 replaced\n    4 unchanged\n`),
  ).toEqual(["+ 1 created", "~ 2 updated", "+-1 replaced"]);
  expect(changesIn("error: x")).toBeUndefined();
});
