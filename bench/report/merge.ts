/** Several report files as one. */
import { judge } from "./judge.ts";
import type { BenchReport, SuiteReport } from "./result.ts";

/**
 * One report of each suite, in the order of `ids`: of several, the last one. Goals are judged anew,
 * since a file may be older than they are.
 *
 * @param ids all suites that there are
 */
export function mergeReports(reports: readonly BenchReport[], ids: readonly string[]): BenchReport {
  const byId = new Map<string, SuiteReport>();
  for (const suite of reports.flatMap(({ suites }) => suites)) {
    byId.set(suite.id, { ...suite, goals: judge(suite) });
  }
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return { suites: [...byId.values()].sort((a, b) => place(a.id) - place(b.id)) };
}
