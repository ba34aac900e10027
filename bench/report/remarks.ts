/** What there is to say of goals that are missed. */
import type { BenchReport, GoalResult } from "./result.ts";

/** Why a goal is missed: shown beside its figure as long as it is. */
export interface Remark {
  /** What bounds the figure. */
  readonly bound: string;
  /** What was tried. */
  readonly tried: string;
}

/** Remarks by the goal's id. One on a goal that is reached is not shown. */
export const REMARKS: Readonly<Record<string, Remark>> = {};

/**
 * Ids of goals that are missed without a word on it.
 *
 * @param remarks defaults to {@link REMARKS}
 */
export function unexplained({ suites }: BenchReport, remarks = REMARKS): string[] {
  return suites
    .flatMap(({ goals }) => goals)
    .filter((goal) => goal.verdict === "missed" && remarks[goal.id] === undefined)
    .map(({ id }) => id);
}

/** What is said of a goal; undefined where it is not missed. */
export function remarkOn({ id, verdict }: GoalResult, remarks = REMARKS): Remark | undefined {
  return verdict === "missed" ? remarks[id] : undefined;
}
