/** Final output of commands, for people and for programs. */
import type { LagoDeploymentOptions } from "../../deployment/options.ts";
import type { DeployStatus } from "../../deployment/status.ts";
import type { CommandContext } from "../command-context.ts";
import { statusText } from "./status-text.ts";

/** Option of commands whose result can be printed as JSON. */
export interface JsonOption {
  readonly json?: boolean;
}

/** Callbacks for cancellation and progress of a command's calls. */
export type Calls = Pick<LagoDeploymentOptions, "signal" | "onProgress" | "onStatusPoll">;

/** Callbacks of a command that prints progress line by line. */
export function callsOf({ signal, output }: CommandContext): Pick<Calls, "signal" | "onProgress"> {
  return { signal, onProgress: ({ message }) => output.note(message) };
}

/** Prints the status of a project. */
export function printStatus(
  context: CommandContext,
  name: string,
  status: DeployStatus,
  options: JsonOption,
) {
  context.output.result(
    options.json === true
      ? JSON.stringify({ project: name, ...status })
      : statusText(name, status, context.screens.stdout),
  );
}

/** Prints the result of an operation on a project, such as "is restarted". */
export function printDone(
  context: CommandContext,
  name: string,
  what: string,
  options: JsonOption,
): void {
  context.output.result(
    options.json === true
      ? JSON.stringify({ project: name, done: true })
      : `Project ${name} ${what}.`,
  );
}
