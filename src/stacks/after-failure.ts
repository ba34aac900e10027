/** Messages with the next command after an incomplete start or destroy. */

import { destroyCommand, startCommand, statusCommand } from "./commands.ts";
import type { StackArguments } from "./context.ts";
import type { DeployedProject, SavedState } from "./saved-states.ts";

/** Exit codes of a program that ended by SIGHUP, SIGINT or SIGTERM. */
const SIGNAL_EXIT_CODES = [129, 130, 143];

/** End of a Pulumi process. */
export interface PulumiEnd {
  readonly exitCode: number;
  /** Whether a person or the system asked this script to stop. */
  readonly wasStopped: boolean;
}

/**
 * Message after a failed `pulumi up`. Destroy is suggested for a first start only: any other
 * deployment was started before, and may be in use.
 *
 * @param before deployment in the state before the update; undefined at a first start
 */
export function afterFailedStart(
  args: StackArguments,
  end: PulumiEnd,
  before: DeployedProject | undefined,
): string {
  const { stack } = args;
  if (before === undefined) {
    const happened = isInterrupted(end)
      ? `The first start of stack ${stack} was interrupted.`
      : `The first start of stack ${stack} failed: ${failure("up", end)}`;
    return message(happened, [
      [goOn(end), startCommand(args)],
      ["Or take down what was begun", destroyCommand({ stack, rest: [] })],
    ]);
  }
  const happened = isInterrupted(end)
    ? `Stack ${stack} was interrupted in its update. Services of project ${before.projectName} may be stopped until the update is done.`
    : `Stack ${stack} is not updated: ${failure("up", end)} The stack had been started before, as project ${before.projectName}.`;
  return message(happened, [
    [goOn(end), startCommand(args)],
    ["What runs now", statusCommand(before)],
  ]);
}

/**
 * Message after a failed `pulumi destroy`.
 *
 * @param before deployment in the state before; undefined without one
 */
export function afterFailedDestroy(
  args: StackArguments,
  end: PulumiEnd,
  before: DeployedProject | undefined,
): string {
  const { stack } = args;
  const start = startCommand({ stack, rest: [] });
  if (isInterrupted(end)) {
    const happened = `The destroy of stack ${stack} was interrupted. Some of its services may be gone.`;
    return message(happened, [
      ["Go on", destroyCommand(args)],
      ["Or bring everything back", start],
    ]);
  }
  if (before?.isProtected) {
    return message(`Stack ${stack} is protected, so nothing was destroyed.`, [
      ["Lift the protection", `npm run pulumi -- config set --stack ${stack} protect false`],
      ["Apply that", start],
      ["Destroy", destroyCommand(args)],
    ]);
  }
  const happened = `Stack ${stack} is not destroyed: ${failure("destroy", end)}`;
  return message(happened, [[goOn(end), destroyCommand(args)]]);
}

/** Message after a destroy: location of data and keys, and the command to restore them. */
export function dataIsKept(
  stack: string,
  { file, projectName }: SavedState,
  volumes: readonly string[],
): string {
  return message(
    `Stack ${stack} is destroyed. Its data stays in the volumes of project ${projectName}, its keys in ${file}.`,
    [
      ["Take up both on this machine", startCommand({ stack, rest: [] })],
      ["Remove the data for good", `docker volume rm ${volumes.join(" ")}`],
    ],
  );
}

function isInterrupted({ exitCode, wasStopped }: PulumiEnd): boolean {
  return wasStopped || SIGNAL_EXIT_CODES.includes(exitCode);
}

function failure(command: string, { exitCode }: PulumiEnd): string {
  return `pulumi ${command} ended with exit code ${exitCode}, and its messages stand above.`;
}

function goOn(end: PulumiEnd): string {
  return isInterrupted(end) ? "Go on" : "Once the cause is gone, go on";
}

function message(happened: string, steps: readonly (readonly [what: string, command: string])[]) {
  return [happened, ...steps.map(([what, command]) => `    ${what}: ${command}`)].join("\n");
}
