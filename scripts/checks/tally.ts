/** Counts of checks: each test counts as one, and so does each other check. */
import { relative } from "node:path";
import { z } from "zod";
import { reportSchema } from "../../faults/report/result.ts";
import { unexpectedEnds } from "../../faults/report/verdict.ts";
import type { FileTime } from "./check.ts";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Tally of a check that has no tests. */
export function single(succeeded: boolean): Tally {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

/** Sums tallies. */
export function total(tallies: readonly Tally[]): Tally {
  const sum = (count: (tally: Tally) => number) => tallies.reduce((n, t) => n + count(t), 0);
  return {
    passed: sum((t) => t.passed),
    failed: sum((t) => t.failed),
    skipped: sum((t) => t.skipped),
  };
}

/** Formats the last line of a run of checks. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/** The fields of vitest's JSON report that are read. */
const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string().default(""),
      status: z.string(),
      startTime: z.number().default(0),
      endTime: z.number().default(0),
      assertionResults: z.array(z.unknown()),
    }),
  ),
});

/**
 * Tally of a run of vitest. A file that failed without a failed test counts as one failure, and so
 * does a run that failed without a failed test: an error outside of tests, no test file at all, or
 * no report.
 *
 * @param report output of the JSON reporter; undefined when it wrote nothing
 */
export function tallyOf(report: string | undefined, exitCode: number): Tally {
  const parsed = VitestReport.safeParse(report === undefined ? undefined : JSON.parse(report));
  if (!parsed.success) {
    return single(false);
  }
  const { data } = parsed;
  const brokenFiles = data.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const failed = data.numFailedTests + brokenFiles;
  return {
    passed: data.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: data.numPendingTests + data.numTodoTests,
  };
}

/**
 * Durations of the test files of a run of vitest; empty without a report.
 *
 * @param root the checkout's folder, which paths are relative to
 */
export function fileTimesOf(report: string | undefined, root: string): FileTime[] {
  const parsed = VitestReport.safeParse(report === undefined ? undefined : JSON.parse(report));
  const results = parsed.success ? parsed.data.testResults : [];
  return results.map(({ name, startTime, endTime }) => ({
    file: relative(root, name),
    seconds: (endTime - startTime) / 1000,
  }));
}

/**
 * Tally of a run of the fault cases. An unexpected loss counts as a failure, and so does a run that
 * fails by its exit code alone; known losses count as skipped.
 *
 * @param report output of `--json`; undefined when nothing was written
 */
export function faultsTally(
  report: string | undefined,
  exitCode: number,
  known?: Readonly<Record<string, string>>,
): Tally {
  const parsed = reportSchema.safeParse(report === undefined ? undefined : JSON.parse(report));
  if (!parsed.success || parsed.data.cases.length === 0) {
    return single(false);
  }
  const { cases } = parsed.data;
  const failed = unexpectedEnds(cases, known).length;
  const lost = cases.filter(({ outcome }) => outcome === "lost").length;
  const skipped = Math.max(0, lost - failed);
  return {
    passed: cases.length - Math.min(cases.length, failed + skipped),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped,
  };
}
