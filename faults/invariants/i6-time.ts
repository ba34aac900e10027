import { type Violation, violations } from "./violation.ts";

/** An operation that has a bound. */
export interface TimedOperation {
  readonly operation: string;
  readonly durationMs: number;
  readonly boundMs: number;
  /** Whether the operation ended by itself. */
  readonly ended: boolean;
}

/** Invariant: no operation takes longer than its bound. */
export function checkTime({ operation, durationMs, boundMs, ended }: TimedOperation): Violation[] {
  if (ended && durationMs <= boundMs) {
    return [];
  }
  const took = `${(durationMs / 1000).toFixed(1)} s`;
  const bound = `${(boundMs / 1000).toFixed(1)} s`;
  return violations("I6", [
    ended
      ? `${operation} took ${took}, more than ${bound}`
      : `${operation} had not ended by itself after ${took}; the bound is ${bound}`,
  ]);
}
