/** Results of a run of the cases, as written to a file. */

import { z } from "zod";
import { LEVELS } from "../../testing/world/level.ts";

/** Number of cases in `faults/cases`, which the score refers to. */
export const TOTAL_CASES = 37;

const outcome = z.enum(["survived", "lost", "not applicable"]);

const levelResult = z.object({
  level: z.enum(LEVELS),
  outcome,
  /** Reasons why the case was lost, or is not applicable. */
  reasons: z.array(z.string()),
  /** Violated invariants, such as `I2`. */
  violated: z.array(z.string()),
  runs: z.number(),
  lostRuns: z.number(),
  /** Duration of the longest operation with a bound, in milliseconds. */
  worstMs: z.number(),
  /** Total duration of all runs, with recovery. */
  durationMs: z.number(),
});

const caseResult = z.object({
  id: z.string(),
  name: z.string(),
  injects: z.string(),
  expects: z.string(),
  outcome,
  levels: z.array(levelResult),
});

/** The schema of a report file. */
export const reportSchema = z.object({
  subject: z.string(),
  title: z.string(),
  /** Command line of the run, to be typed again. */
  command: z.string(),
  date: z.string(),
  /** Versions of the programs involved, by name. */
  versions: z.record(z.string(), z.string()),
  cases: z.array(caseResult),
  durationMs: z.number(),
});

export type Outcome = z.infer<typeof outcome>;
export type LevelResult = z.infer<typeof levelResult>;
export type CaseResult = z.infer<typeof caseResult>;
export type Report = z.infer<typeof reportSchema>;

/** Combines the outcomes of a case's levels. */
export function outcomeOf(levels: readonly LevelResult[]): Outcome {
  if (levels.some((one) => one.outcome === "lost")) {
    return "lost";
  }
  return levels.some((one) => one.outcome === "survived") ? "survived" : "not applicable";
}

/** Sorts results by level, the least real one first. */
export function byLevel(levels: readonly LevelResult[]): LevelResult[] {
  return levels.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** Counts the survived cases. */
export function scoreOf(report: Pick<Report, "cases">): number {
  return report.cases.filter((one) => one.outcome === "survived").length;
}
