/** Merges several reports of one subject. */
import { byLevel, type CaseResult, outcomeOf, type Report } from "./result.ts";

/**
 * Merges reports into one per subject, in order of first appearance. For the same case on the same
 * level the last report counts, so that a run of some cases corrects a run of all. Versions are
 * those of the last report; the time is the total of all runs.
 */
export function mergeReports(reports: readonly Report[]): Report[] {
  const bySubject = new Map<string, Report>();
  for (const report of reports) {
    const before = bySubject.get(report.subject);
    bySubject.set(report.subject, before === undefined ? report : merged(before, report));
  }
  return [...bySubject.values()];
}

function merged(before: Report, after: Report): Report {
  const cases = new Map(before.cases.map((one) => [one.id, one]));
  for (const one of after.cases) {
    const old = cases.get(one.id);
    cases.set(one.id, old === undefined ? one : mergedCase(old, one));
  }
  return {
    ...after,
    command: [before.command, after.command].join("`, then `"),
    cases: [...cases.values()].sort((a, b) => a.id.localeCompare(b.id)),
    durationMs: before.durationMs + after.durationMs,
  };
}

function mergedCase(before: CaseResult, after: CaseResult): CaseResult {
  const kept = before.levels.filter(
    ({ level }) => !after.levels.some((other) => other.level === level),
  );
  const levels = byLevel([...kept, ...after.levels]);
  return { ...after, outcome: outcomeOf(levels), levels };
}
