import { type Violation, violations } from "./violation.ts";

/** An `up` of the recovery. */
export interface RecoveryUp {
  readonly exitCode: number | undefined;
  /** Error output, if it failed. */
  readonly error: string;
  readonly unreached: readonly string[];
  /** State by service that must not change by itself, as docker had it afterwards. */
  readonly standing: Readonly<Record<string, string>>;
  /** Changes that the operation reported; undefined if it reports none of any kind. */
  readonly changes: readonly string[] | undefined;
}

/**
 * Invariant: the first `up` after the recovery brings everything up, and the second one changes
 * nothing.
 */
export function checkRecovery(first: RecoveryUp, second: RecoveryUp | undefined): Violation[] {
  const reasons = [
    ...failures("up after recovery", first),
    ...(second === undefined ? [] : failures("the second up", second)),
  ];
  if (second !== undefined && reasons.length === 0) {
    const services = new Set([...Object.keys(first.standing), ...Object.keys(second.standing)]);
    for (const service of services) {
      const [before, after] = [first.standing[service], second.standing[service]];
      if (before !== after) {
        reasons.push(`the second up changed ${service}: ${before ?? "none"} → ${after ?? "none"}`);
      }
    }
    if (second.changes !== undefined && second.changes.length > 0) {
      reasons.push(`the second up says that it changed something: ${second.changes.join(", ")}`);
    }
  }
  return violations("I3", reasons);
}

function failures(what: string, { exitCode, error, unreached }: RecoveryUp): string[] {
  if (exitCode === undefined) {
    return [`${what} did not end in time`];
  }
  if (exitCode !== 0) {
    return [`${what} ended with ${exitCode}: ${error}`];
  }
  return unreached.length === 0 ? [] : [`after ${what} ${unreached.join(", ")}`];
}
