/** Counts of checks: tests, and each other check as one. */
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

/** The tally of a check that is not made of tests. */
export function single(succeeded: boolean): Tally {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

/** The sum of all tallies. */
export function total(tallies: readonly Tally[]): Tally {
  const sum = (count: (tally: Tally) => number) => tallies.reduce((n, t) => n + count(t), 0);
  return {
    passed: sum((t) => t.passed),
    failed: sum((t) => t.failed),
    skipped: sum((t) => t.skipped),
  };
}

/** The one line that a run of checks ends with. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/** Fields of the report of vitest's JSON reporter that are read. */
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
 * The tally of a run of vitest. A file that failed without a test of its own counts as one failure,
 * and so does a run that failed although no test did: an error outside of tests, no test file at
 * all, or no report.
 *
 * @param report what the JSON reporter wrote; undefined when it wrote nothing
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
 * The time of each test file of a run of vitest; none where the report is missing.
 *
 * @param root the checkout's folder, which the paths begin at
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
 * The tally of a run of the fault cases. A case that is lost although that is not known has failed,
 * and so has a run that says so by its exit code alone; known losses count as skipped.
 *
 * @param report what was written with `--json`; undefined when nothing was
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
