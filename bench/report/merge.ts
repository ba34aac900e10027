/** Merges several report files. */
import { judge } from "./judge.ts";
import type { BenchReport, SuiteReport } from "./result.ts";

/**
 * Merges reports into one of each suite, in the order of `ids`; the last report of a suite counts.
 * Goals are judged again, since a file may be older than they are.
 *
 * @param ids all known suites
 */
export function mergeReports(reports: readonly BenchReport[], ids: readonly string[]): BenchReport {
  const byId = new Map<string, SuiteReport>();
  for (const suite of reports.flatMap(({ suites }) => suites)) {
    byId.set(suite.id, { ...suite, goals: judge(suite) });
  }
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return { suites: [...byId.values()].sort((a, b) => place(a.id) - place(b.id)) };
}
