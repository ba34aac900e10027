/** What all runs of a case on one level give together. */
import type { Level } from "../../testing/world/level.ts";
import type { LevelResult } from "./result.ts";

/** Most reasons of one level that a result keeps; one run may give many of a kind. */
const MAX_REASONS = 12;

/** How a reason begins that says nothing of the subject. */
export const BENCH_FAILED = "the bench itself failed";

/** What one run gave. */
export interface RunOutcome {
  /** Why the question makes no sense for the subject; undefined where it does. */
  readonly notApplicable?: string;
  readonly reasons: readonly string[];
  /** Invariants that did not hold, such as `I2`. */
  readonly violated: readonly string[];
  /** Longest operation that has a bound, in milliseconds. */
  readonly worstMs: number;
  readonly durationMs: number;
}

/** A case survives when all of its runs do. */
export function levelResult(level: Level, outcomes: readonly RunOutcome[]): LevelResult {
  const notApplicable = outcomes.find((one) => one.notApplicable !== undefined)?.notApplicable;
  const reasons = [...new Set(outcomes.flatMap((one) => one.reasons))];
  const lost = outcomes.filter((one) => one.reasons.length > 0).length;
  const durationMs = outcomes.reduce((sum, one) => sum + one.durationMs, 0);
  return {
    level,
    outcome: notApplicable !== undefined ? "not applicable" : lost > 0 ? "lost" : "survived",
    reasons: notApplicable === undefined ? reasons.slice(0, MAX_REASONS) : [notApplicable],
    violated: [...new Set(outcomes.flatMap((one) => one.violated))].sort(),
    runs: outcomes.length,
    lostRuns: lost,
    worstMs: Math.round(Math.max(...outcomes.map(({ worstMs }) => worstMs))),
    durationMs: Math.round(durationMs),
  };
}
