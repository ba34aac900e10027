/** How much more of something there is at the end of a series of rounds, by a rule that is the same for every run. */
import { median } from "../statistics.ts";

/**
 * Rounds at the beginning that no trend is made of: code is compiled, caches fill. A fifth of all, at
 * most three.
 */
export function warmUpRounds(rounds: number): number {
  return Math.min(3, Math.floor(rounds / 5));
}

/** By how much the round that left most behind left more than the first one; 0 of no rounds. */
export function leftBehind(values: readonly number[]): number {
  return Math.max(0, ...values.map((value) => value - (values[0] ?? 0)));
}

/**
 * Growth from the first round to the last by the trend, which is the median of the slopes between any
 * two rounds (Theil and Sen): one round that is out of line changes it little.
 */
export function trendOver(values: readonly number[]): number {
  const settled = values.slice(warmUpRounds(values.length));
  const slopes = settled.flatMap((value, n) =>
    settled.slice(n + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return median(slopes) * Math.max(0, settled.length - 1);
}
