/** Figures of several rounds. */
import { median } from "../scripts/median.ts";

/** What is told of a series: a middle that one slow round does not move, and the spread. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of one value or more. */
export function summaryOf(values: readonly number[]): Summary {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/**
 * The order of the contenders in a round: another one each time, so that none is always the one who
 * finds warm caches.
 */
export function rotated<T>(all: readonly T[], round: number): T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
