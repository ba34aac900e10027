/** Judges the operations of a trial by the rules of all cases. */
import { checkExitCode } from "./invariants/i2-exit-code.ts";
import { checkLeaks } from "./invariants/i4-leaks.ts";
import { checkError, type Failure } from "./invariants/i7-errors.ts";
import type { Violation } from "./invariants/violation.ts";
import type { Deployment, Ended } from "./subjects/subject.ts";
import { endProcesses, lingeringProcesses } from "./watch/processes.ts";

/** Time for processes to end after the one that a person started, in milliseconds. */
const GRACE_MS = 2_000;

/**
 * Checks that all processes of an operation end with it. Processes of an operation that the case
 * killed may continue beside later operations, as they would for a person; they are judged at the
 * end of the trial.
 *
 * @param all the operations so far, including this one
 */
export async function processViolations(
  ended: Ended,
  all: readonly Ended[],
  temporaryFolder: string,
): Promise<Violation[]> {
  if (ended.exitCode === undefined && !ended.interrupted) {
    await endProcesses(temporaryFolder);
    return [];
  }
  if (all.some(({ interrupted }) => interrupted)) {
    return [];
  }
  const processes = await lingeringProcesses(temporaryFolder, GRACE_MS);
  const when = `after ${ended.operation}`;
  const violations = checkLeaks({ when, processes, containers: [], locks: [], files: [] });
  await endProcesses(temporaryFolder);
  return violations;
}

/**
 * Checks the exit code against the actual state.
 *
 * @param unreached differences from the operation's goal
 */
export async function exitCodeViolations(
  { operation, exitCode, interrupted }: Ended,
  unreached: () => Promise<string[]>,
): Promise<Violation[]> {
  return interrupted ? [] : checkExitCode({ operation, exitCode, unreached: await unreached() });
}

/** Checks the shown error of each failure. */
export function errorViolations(
  all: readonly Ended[],
  expectations: ReadonlyMap<Ended, Failure>,
  deployment: Deployment,
  ours: boolean,
): Violation[] {
  return all.flatMap((ended) => {
    const { operation, exitCode, interrupted } = ended;
    if (exitCode === 0 || exitCode === undefined || interrupted) {
      return [];
    }
    const text = deployment.errorOf(ended);
    return checkError({ operation, text, expected: expectations.get(ended), ours });
  });
}
