/** Growth of a figure over a series of rounds, by one rule for all runs. */
import { median } from "../statistics.ts";

/**
 * Number of rounds at the beginning to leave out of a trend, since code is compiled and caches
 * fill. A fifth of all, at most three.
 */
export function warmUpRounds(rounds: number): number {
  return Math.min(3, Math.floor(rounds / 5));
}

/** Maximum excess of any round over the first one; 0 without rounds. */
export function leftBehind(values: readonly number[]): number {
  return Math.max(0, ...values.map((value) => value - (values[0] ?? 0)));
}

/**
 * Growth from the first round to the last by the trend, which is the median of the slopes between
 * any two rounds (Theil and Sen). An outlier changes it little.
 */
export function trendOver(values: readonly number[]): number {
  const settled = values.slice(warmUpRounds(values.length));
  const slopes = settled.flatMap((value, n) =>
    settled.slice(n + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return median(slopes) * Math.max(0, settled.length - 1);
}
