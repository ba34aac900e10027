/** What a run of the cases gives, as it is written to a file. */

import { z } from "zod";
import { LEVELS } from "../../testing/world/level.ts";

/** Number of cases in `faults/cases`: the score is out of so many. */
export const TOTAL_CASES = 37;

const outcome = z.enum(["survived", "lost", "not applicable"]);

const levelResult = z.object({
  level: z.enum(LEVELS),
  outcome,
  /** Why it was lost, or is not applicable. */
  reasons: z.array(z.string()),
  /** Invariants that did not hold, such as `I2`. */
  violated: z.array(z.string()),
  runs: z.number(),
  lostRuns: z.number(),
  /** Longest operation that has a bound, in milliseconds. */
  worstMs: z.number(),
  /** Of all runs together, with recovery. */
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
  /** What was typed, to be typed again. */
  command: z.string(),
  date: z.string(),
  /** Versions of what took part, by name. */
  versions: z.record(z.string(), z.string()),
  cases: z.array(caseResult),
  durationMs: z.number(),
});

export type Outcome = z.infer<typeof outcome>;
export type LevelResult = z.infer<typeof levelResult>;
export type CaseResult = z.infer<typeof caseResult>;
export type Report = z.infer<typeof reportSchema>;

/** The outcome of a case by those of its levels. */
export function outcomeOf(levels: readonly LevelResult[]): Outcome {
  if (levels.some((one) => one.outcome === "lost")) {
    return "lost";
  }
  return levels.some((one) => one.outcome === "survived") ? "survived" : "not applicable";
}

/** Results of several levels, those first that need least. */
export function byLevel(levels: readonly LevelResult[]): LevelResult[] {
  return levels.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** How many cases were survived. */
export function scoreOf(report: Pick<Report, "cases">): number {
  return report.cases.filter((one) => one.outcome === "survived").length;
}
