/** What is to be said of the operations of a trial, by the rules that hold in every case. */
import { checkExitCode } from "./invariants/i2-exit-code.ts";
import { checkLeaks } from "./invariants/i4-leaks.ts";
import { checkError, type Failure } from "./invariants/i7-errors.ts";
import type { Violation } from "./invariants/violation.ts";
import type { Deployment, Ended } from "./subjects/subject.ts";
import { endProcesses, lingeringProcesses } from "./watch/processes.ts";

/** What processes get to end after the one that a person started. */
const GRACE_MS = 2_000;

/**
 * What an operation has started ends with it. What one leaves that the case has killed may go on
 * beside those that follow, as it would for a person; it is judged when all is done.
 *
 * @param all the operations up to and with this one
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
 * An exit code says whether what was wanted is there.
 *
 * @param unreached what is not as the operation was to make it
 */
export async function exitCodeViolations(
  { operation, exitCode, interrupted }: Ended,
  unreached: () => Promise<string[]>,
): Promise<Violation[]> {
  return interrupted ? [] : checkExitCode({ operation, exitCode, unreached: await unreached() });
}

/** What was shown of each failure. */
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
