/** A run as a person reads it. */
import { versionsText } from "../../faults/report/versions.ts";
import { table } from "../../src/text/table.ts";
import { summaryOf } from "../statistics.ts";
import { goalTexts, judge } from "./goals.ts";
import { type BenchReport, type Measured, measuredOf } from "./result.ts";

/** The whole report as text. */
export function reportText(report: BenchReport): string {
  const { work, contenders, rounds, hardware, versions } = report;
  const rows = work.map(({ id, title }) => [
    title,
    ...contenders.map(({ name }) => cell(measuredOf(report, name, id))),
  ]);
  const goals = judge(report).map((goal) => {
    const { ratio, wanted, verdict } = goalTexts(goal);
    return [`${goal.work}: ${goal.who} / ${goal.than}`, ratio, wanted, verdict];
  });
  return [
    table(["SECONDS, MEDIAN (LEAST-MOST)", ...contenders.map(({ name }) => name)], rows),
    "",
    table(["RATIO OF MEDIANS", "IS", "WANTED", ""], goals),
    "",
    `${rounds} rounds on ${hardware}; ${versionsText(versions)}`,
  ].join("\n");
}

/** Figures of one contender at one piece of work. */
export function cell(one: Measured | undefined): string {
  if (one === undefined) {
    return "-";
  }
  if (one.samplesMs.length === 0) {
    return "not done";
  }
  const { median, least, most } = summaryOf(one.samplesMs.map((ms) => ms / 1_000));
  return `${median.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
}
