/** Frame of every script: context, end on signals, exit code. */

import { createContext, type SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { CANCELED_EXIT_CODE, stopSignal } from "../../setup/stop.ts";
import { exitCodeOf as exitCodeOfError } from "../../src/cli/exit-codes.ts";
import { DeployError } from "../../src/errors.ts";
import { ProcessFailure } from "../../src/process/failure.ts";

/**
 * Runs a script's main function and ends the process with the exit code that it returns.
 *
 * @param again complete command that continues after a stop; by default the message says to run the
 * same command again
 */
export async function runScript(
  main: (context: SetupContext) => Promise<number>,
  again?: () => string | undefined,
): Promise<void> {
  const context = createContext(stopSignal());
  try {
    process.exitCode = await main(context);
  } catch (error) {
    process.exitCode = exitCodeOf(error, context, again);
  }
}

function exitCodeOf(
  error: unknown,
  context: SetupContext,
  again: (() => string | undefined) | undefined,
): number {
  const { report, signal } = context;
  if (signal.aborted) {
    const command = again?.();
    const next =
      command === undefined ? "Run the same command again to go on." : `Go on: ${command}`;
    report.note(`Stopped. ${next}`);
    return CANCELED_EXIT_CODE;
  }
  if (error instanceof SetupFailure) {
    report.note(error.message);
    return error.exitCode;
  }
  if (DeployError.isDeployError(error)) {
    report.note(error.message);
    return exitCodeOfError(error);
  }
  if (error instanceof ProcessFailure) {
    report.note(`${error.message}\n${error.output}`.trimEnd());
    return 1;
  }
  report.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
