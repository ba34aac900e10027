/** Errors as the command line reports them. */
import { CommanderError } from "commander";
import { DeployError } from "../errors.ts";
import { usageText } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Returns the error to report: wrong usage with what to type instead, and a canceled command with
 * what canceled it.
 *
 * @param canceledBy signal that this process has got
 */
export function reported(error: unknown, canceledBy: NodeJS.Signals | undefined): unknown {
  if (error instanceof CommanderError) {
    return new UsageError("no command is given");
  }
  if (error instanceof UsageError) {
    return new UsageError(usageText(error));
  }
  if (canceledBy !== undefined && DeployError.isDeployError(error) && error.kind === "Canceled") {
    const by = canceledBy === "SIGINT" ? "Ctrl-C" : canceledBy;
    return new DeployError("Canceled", `${by} ended this command. ${error.message}`, {
      cause: error,
    });
  }
  return error;
}
