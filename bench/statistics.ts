/** Figures of several rounds. */

/** What is told of a series: a middle that one slow round does not move, and the spread. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of one value or more. */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return {
    median: (low + high) / 2,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

/**
 * The order of the contenders in a round: another one each time, so that none is always the one who
 * finds warm caches.
 */
export function rotated<T>(all: readonly T[], round: number): T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
