/** A run as a person reads it. */
import { table } from "../../src/text/table.ts";
import { summaryOf } from "../statistics.ts";
import { judge } from "./goals.ts";
import { type BenchReport, type Measured, measuredOf } from "./result.ts";

/** The whole report as text. */
export function reportText(report: BenchReport): string {
  const { work, contenders, rounds, hardware, versions } = report;
  const rows = work.map(({ id, title }) => [
    title,
    ...contenders.map(({ name }) => cell(measuredOf(report, name, id))),
  ]);
  const goals = judge(report).map(({ work: id, who, than, most, ratio }) => [
    `${id}: ${who} / ${than}`,
    ratio === undefined ? "not measured" : ratio.toFixed(2),
    `≤ ${most.toFixed(2)}`,
    ratio === undefined ? "" : ratio <= most ? "reached" : "missed",
  ]);
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    table(["SECONDS, MEDIAN (LEAST-MOST)", ...contenders.map(({ name }) => name)], rows),
    "",
    table(["RATIO OF MEDIANS", "IS", "WANTED", ""], goals),
    "",
    `${rounds} rounds on ${hardware}; ${said.join(", ")}`,
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
