import { describe, expect, it } from "vitest";
import { single, summaryLine, tallyOf, total } from "../../../../scripts/checks/tally.ts";

const report = (counts: Record<string, number>, testResults: unknown[] = []) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
    ...counts,
  });

describe("summaryLine", () => {
  it("names skipped tests only when there are any", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(summaryLine({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
  });
});

describe("total", () => {
  it("counts a check as one beside tests", () => {
    expect(total([single(true), single(false), { passed: 5, failed: 1, skipped: 2 }])).toEqual({
      passed: 6,
      failed: 2,
      skipped: 2,
    });
  });

  it("is nothing for no checks", () => {
    expect(total([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe("tallyOf", () => {
  it("reads vitest's counts", () => {
    const text = report({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
    });
    expect(tallyOf(text, 1)).toEqual({ passed: 7, failed: 1, skipped: 3 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const broken = { status: "failed", assertionResults: [] };
    const failedTest = { status: "failed", assertionResults: [{}] };
    const text = report({ numPassedTests: 3, numFailedTests: 1 }, [broken, failedTest]);
    expect(tallyOf(text, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it("counts a run that failed without a failed test as a failure", () => {
    expect(tallyOf(report({ numPassedTests: 3 }), 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(tallyOf(report({}), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it.each([undefined, "{}"])("takes a missing report for a failure: %s", (text) => {
    expect(tallyOf(text, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
