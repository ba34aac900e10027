import { type Violation, violations } from "./violation.ts";

/** Outcome of an operation by its exit code and by docker's account. */
export interface Outcome {
  readonly operation: string;
  /** Undefined when the operation did not end by itself, and so has claimed nothing. */
  readonly exitCode: number | undefined;
  /** Differences from the operation's goal, by docker's own account. */
  readonly unreached: readonly string[];
}

/** Invariant: the exit code is 0 if and only if the desired state is reached. */
export function checkExitCode({ operation, exitCode, unreached }: Outcome): Violation[] {
  if (exitCode === undefined || (exitCode === 0) === (unreached.length === 0)) {
    return [];
  }
  return violations("I2", [
    exitCode === 0
      ? `${operation} ended with 0, but ${unreached.join(", ")}`
      : `${operation} ended with ${exitCode}, but all is as it was to be`,
  ]);
}
