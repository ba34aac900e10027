/** Errors as the command line reports them. */
import { CommanderError } from "commander";
import { DeployError } from "../errors.ts";
import { stopCause } from "../process/stop-request.ts";
import { usageText } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Returns the error to report: wrong usage with what to type instead, and a canceled command with
 * what canceled it.
 *
 * @param signal signal of the process, which fires when a person or the system asks it to end
 */
export function reported(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof CommanderError) {
    return new UsageError("no command is given");
  }
  if (error instanceof UsageError) {
    return new UsageError(usageText(error));
  }
  if (signal.aborted && DeployError.isDeployError(error) && error.kind === "Canceled") {
    return new DeployError(
      "Canceled",
      `${stopCause(signal)} ended this command. ${error.message}`,
      {
        cause: error,
      },
    );
  }
  return error;
}
