/** Figures of several rounds. */

/** A middle that one slow round does not move, and the spread of a series. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of one value or more. */
export function summaryOf(values: readonly number[]): Summary {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** The middle of some values, which one that is out of line does not move; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/**
 * The order of the contenders in a round: another one each time, so that none is always the one who
 * finds warm caches.
 */
export function rotated<T>(all: readonly T[], round: number): T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
