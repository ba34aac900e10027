/** Combined result of all runs of a case on one level. */
import type { Level } from "../../testing/world/level.ts";
import type { LevelResult } from "./result.ts";

/** Maximum number of reasons per level in a result; a single run may give many similar ones. */
const MAX_REASONS = 12;

/** Prefix of a reason that says nothing about the subject. */
export const BENCH_FAILED = "the bench itself failed";

/** Result of one run. */
export interface RunOutcome {
  /** Reason why the case does not apply to the subject; undefined if it does. */
  readonly notApplicable?: string;
  readonly reasons: readonly string[];
  /** Violated invariants, such as `I2`. */
  readonly violated: readonly string[];
  /** Duration of the longest operation with a bound, in milliseconds. */
  readonly worstMs: number;
  readonly durationMs: number;
}

/** Combines runs: a case survives when all of its runs do. */
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
