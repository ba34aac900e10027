/** Formats a run for people. */

import { table } from "../../src/text/table.ts";
import { versionsText } from "../../testing/report/versions.ts";
import { cell, titleWithUnit } from "./figures.ts";
import { type BenchReport, measuredOf, type SuiteReport } from "./result.ts";

/** Formats a complete report. */
export function reportText({ suites }: BenchReport): string {
  return suites.map(suiteText).join("\n\n");
}

function suiteText(report: SuiteReport): string {
  const { id, title, work, contenders, goals, rounds, hardware, versions } = report;
  const rows = work.map((one) => [
    titleWithUnit(one),
    ...contenders.map(({ name }) => cell(measuredOf(report, name, one.id), one.unit)),
  ]);
  const judged = goals.map(({ what, is, wanted, verdict }) => [what, is, wanted, verdict]);
  return [
    `${id}: ${title}`,
    table(["MEDIAN (LEAST-MOST)", ...contenders.map(({ name }) => name)], rows),
    ...(judged.length === 0 ? [] : ["", table(["GOAL", "IS", "WANTED", ""], judged)]),
    "",
    `${rounds} rounds on ${hardware}; ${versionsText(versions)}`,
  ].join("\n");
}
