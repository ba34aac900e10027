/** Destroys a stack and keeps the state that its data needs. */
import type { SetupContext } from "../../setup/context.ts";
import type { StackArguments } from "./arguments.ts";
import { afterFailedDestroy, dataIsKept } from "./first-aid.ts";
import { findState, saveState } from "./saved-state.ts";
import type { PulumiSession } from "./session.ts";
import { volumesOf } from "./volumes.ts";

/**
 * Saves the state, and runs `pulumi destroy`.
 *
 * @returns the exit code of `pulumi destroy`
 * @throws SetupFailure when the state cannot be saved; then nothing is destroyed
 */
export async function destroyStack(
  context: SetupContext,
  pulumi: PulumiSession,
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
  const volumes = saved === undefined ? [] : await volumesOf(context, saved.projectName);
  if (saved !== undefined && volumes.length > 0) {
    context.report.note(dataIsKept(stack, saved, volumes));
  }
  return exitCode;
}
