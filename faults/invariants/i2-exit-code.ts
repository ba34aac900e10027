import { type Violation, violations } from "./violation.ts";

/** How an operation ended, and what docker says of it. */
export interface Outcome {
  readonly operation: string;
  /** Undefined when it did not end by itself: then it has claimed nothing. */
  readonly exitCode: number | undefined;
  /** What is not as the operation was to make it, by docker's own account. */
  readonly unreached: readonly string[];
}

/** The exit code is 0 if and only if the desired state is reached. */
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
