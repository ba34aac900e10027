/** Tables of the durations of a run of checks. Pure. */
import { z } from "zod";
import { table } from "../../src/text/table.ts";
import type { FileTime } from "./check.ts";

/** A check and its duration. */
export interface Stage {
  readonly name: string;
  readonly seconds: number;
  readonly files?: readonly FileTime[];
}

const Stages = z.array(z.object({ name: z.string(), seconds: z.number() }));

/**
 * Parses the checks in a report of an earlier run.
 *
 * @throws Error when the text is not such a report
 */
export function stagesIn(text: string): Stage[] {
  return Stages.parse(JSON.parse(text));
}

/** Number of test files to list. */
const SLOWEST = 10;

/** Formats the minutes of each check, their sum, and the ten slowest test files. */
export function timesText(stages: readonly Stage[]): string {
  const sum = stages.reduce((seconds, stage) => seconds + stage.seconds, 0);
  const rows = stages.map(({ name, seconds }) => [name, minutes(seconds)]);
  const files = slowest(stages).map(({ file, seconds }) => [file, seconds.toFixed(1)]);
  return [
    table(["CHECK", "MINUTES"], [...rows, ["all", minutes(sum)]]),
    ...(files.length === 0 ? [] : ["", table(["SLOWEST TEST FILES", "SECONDS"], files)]),
  ].join("\n");
}

/**
 * Formats a Markdown table of the checks of two runs, the earlier one first; a check of only one
 * run has a dash.
 */
export function comparison(before: readonly Stage[], after: readonly Stage[]): string {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const secondsIn = (stages: readonly Stage[], name: string) =>
    stages.find((stage) => stage.name === name)?.seconds;
  const cell = (seconds: number | undefined) => (seconds === undefined ? "–" : minutes(seconds));
  const sumOf = (stages: readonly Stage[]) => stages.reduce((n, { seconds }) => n + seconds, 0);
  const rows = names.map((name) => [
    name,
    cell(secondsIn(before, name)),
    cell(secondsIn(after, name)),
  ]);
  return [
    ["check", "minutes before", "minutes after"],
    ["---", "---:", "---:"],
    ...rows,
    ["**all**", minutes(sumOf(before)), minutes(sumOf(after))],
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function slowest(stages: readonly Stage[]): FileTime[] {
  return stages
    .flatMap(({ files }) => files ?? [])
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1);
}
