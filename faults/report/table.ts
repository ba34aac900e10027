/** Results as a table for a terminal. */

import { duration } from "../../setup/report.ts";
import { table } from "../../src/text/table.ts";
import { type CaseResult, type Report, scoreOf, TOTAL_CASES } from "./result.ts";

const MAX_REASON = 300;

/** Formats the rows, the reasons of lost cases, and the score. */
export function reportText(report: Report): string {
  const rows = report.cases.flatMap((one) =>
    one.levels.map((level) => [
      one.id,
      one.name,
      level.level,
      level.outcome,
      level.violated.join(" ") || "-",
      level.lostRuns === 0 ? `${level.runs}` : `${level.lostRuns} of ${level.runs} lost`,
      level.worstMs === 0 ? "-" : `${(level.worstMs / 1000).toFixed(1)} s`,
    ]),
  );
  const head = ["CASE", "NAME", "LEVEL", "OUTCOME", "VIOLATED", "RUNS", "WORST"];
  return [table(head, rows), ...reasons(report.cases), scoreLine(report)].join("\n");
}

/** Formats the last line of a run. */
export function scoreLine(report: Report): string {
  const ran = report.cases.length;
  const part = ran === TOTAL_CASES ? "" : ` (${ran} of them were run)`;
  return `${report.title}: score ${scoreOf(report)}/${TOTAL_CASES}${part} in ${duration(report.durationMs)}`;
}

function reasons(cases: readonly CaseResult[]): string[] {
  return cases.flatMap((one) =>
    one.levels
      .filter(({ outcome }) => outcome !== "survived")
      .flatMap(({ level, outcome, reasons: said }) => [
        `${one.id} ${one.name} (${level}) ${outcome}:`,
        ...said.map((reason) => `    ${reason.replaceAll("\n", " ").slice(0, MAX_REASON)}`),
      ]),
  );
}
