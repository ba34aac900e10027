/** Whether a series of measurements is flat, by a rule that is the same for every run. */

import { median } from "../median.ts";

/** What is measured after each round, with how much it may grow over a whole run. */
export interface Quantity {
  readonly name: string;
  readonly unit: "MB" | "";
  /**
   * How much it may grow from the first round to the last, by its trend. 0 for what is counted and
   * belongs to a round: nothing of it may be left when the round is over.
   */
  readonly tolerance: number;
}

/** What became of a quantity over a run. */
export interface Verdict {
  readonly quantity: Quantity;
  readonly first: number;
  readonly median: number;
  readonly last: number;
  /** Growth in ten rounds, by the trend; 0 where there are too few rounds for one. */
  readonly slopePerTenRounds: number;
  readonly flat: boolean;
}

/**
 * Rounds at the beginning that count for nothing: code is compiled, caches fill. A fifth of all, at
 * most three.
 */
export function warmUpRounds(rounds: number): number {
  return Math.min(3, Math.floor(rounds / 5));
}

/**
 * Judges a series, one value a round. What is counted is flat when no round left more behind than
 * the first one; what fluctuates is flat when its trend, the median of the slopes between any two
 * rounds (Theil and Sen), comes to no more than the tolerance over the whole run. One round that is
 * out of line changes that trend little.
 */
export function judge(quantity: Quantity, values: readonly number[]): Verdict {
  const settled = values.slice(warmUpRounds(values.length));
  const [first = 0] = settled;
  const slope = trend(settled);
  const flat =
    quantity.tolerance === 0
      ? values.every((value) => value <= (values[0] ?? 0))
      : slope * (settled.length - 1) <= quantity.tolerance;
  return {
    quantity,
    first,
    median: median(settled),
    last: settled.at(-1) ?? 0,
    slopePerTenRounds: slope * 10,
    flat,
  };
}

function trend(values: readonly number[]): number {
  const slopes = values.flatMap((value, n) =>
    values.slice(n + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return median(slopes);
}
