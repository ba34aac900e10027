/** Judges whether what was measured in each round stayed flat. */

/** What is measured: memory grows and shrinks by itself, everything else is counted. */
export type GaugeKind = "memory" | "count";

/** One gauge over all rounds. */
export interface Series {
  readonly name: string;
  readonly kind: GaugeKind;
  /** Mebibytes or a number of things, one for each round. */
  readonly values: readonly number[];
}

/** What a series says. */
export interface Verdict {
  readonly flat: boolean;
  readonly first: number;
  readonly median: number;
  readonly last: number;
  /** Growth in ten rounds by the line that fits best, without the rounds that warm up. */
  readonly per10Rounds: number;
}

/** The part of the rounds in which caches fill and code is compiled. */
const WARM_UP = 0.2;

/** Fewest rounds that warm up. */
const MIN_WARM_UP_ROUNDS = 2;

/** Memory may grow by so much over a whole run, as the collector sees fit... */
const MEMORY_TOLERANCE_MIB = 8;

/** ...or by this part of its median, whichever is more. */
const MEMORY_TOLERANCE = 0.1;

/**
 * A count is flat when no round after the warm-up ends with more than the first one after it. Memory
 * is flat when the line that fits best grows by no more than 8 MiB, or a tenth, over all of them.
 */
export function judge({ kind, values }: Series): Verdict {
  const steady = values.slice(Math.max(MIN_WARM_UP_ROUNDS, Math.floor(values.length * WARM_UP)));
  const slope = slopeOf(steady);
  const middle = medianOf(steady);
  const flat =
    kind === "count"
      ? steady.every((value) => value <= (steady[0] ?? 0))
      : slope * steady.length <= Math.max(MEMORY_TOLERANCE_MIB, middle * MEMORY_TOLERANCE);
  return {
    flat,
    first: values[0] ?? 0,
    median: middle,
    last: values.at(-1) ?? 0,
    per10Rounds: slope * 10,
  };
}

/** Slope of the line of least squares through the values, one apart. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const common = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return spread === 0 ? 0 : common / spread;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
