/** Destroys a stack and keeps the state that its data needs. */

import { afterFailedDestroy, dataIsKept } from "./after-failure.ts";
import type { StackArguments, StackContext, StackPulumi } from "./context.ts";
import { findState, saveState } from "./saved-states.ts";
import { volumesOf } from "./volumes.ts";

/**
 * Saves the state, and runs `pulumi destroy`.
 *
 * @returns the exit code of `pulumi destroy`
 * @throws DeployError of kind `CommandFailed` when the state cannot be saved; then nothing is destroyed
 */
export async function destroyStack(
  context: StackContext,
  pulumi: StackPulumi,
  args: StackArguments,
): Promise<number> {
  const { stack, rest } = args;
  await saveState(context, pulumi, stack);
  const saved = await findState(context, stack);
  const destroy = ["destroy", "--stack", stack, "--yes", "--suppress-outputs", ...rest];
  const exitCode = await pulumi.attached(destroy);
  if (exitCode !== 0) {
    const end = { exitCode, wasStopped: context.signal.aborted };
    context.report.note(afterFailedDestroy(args, end, saved));
    return exitCode;
  }
  const volumes = saved === undefined ? [] : await volumesOf(saved, context.signal);
  if (saved !== undefined && volumes.length > 0) {
    context.report.note(dataIsKept(stack, saved, volumes));
  }
  return exitCode;
}
