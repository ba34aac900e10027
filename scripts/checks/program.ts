/** Runs programs of installed packages for the checks: on the terminal, with a deadline. */
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { runAttached } from "../../src/process/attached.ts";
import { ProcessFailure } from "../../src/process/failure.ts";
import { pulumiEnvironment } from "../pulumi/session.ts";

/** Whether colors are off: in a log they hide the results. */
export const PLAIN = !process.stdout.isTTY && !process.env.FORCE_COLOR;

/** Runs an installed package's program; passing the deadline counts as failure. */
export async function runPackage(
  context: SetupContext,
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<number> {
  return await runNode(context, [join(context.root, "node_modules", program), ...args], timeoutMs);
}

/** Runs Node with the arguments; passing the deadline counts as failure. */
export async function runNode(
  context: SetupContext,
  args: readonly string[],
  timeoutMs: number,
): Promise<number> {
  try {
    return await runAttached(process.execPath, args, {
      cwd: context.root,
      env: { ...pulumiEnvironment(context), ...(PLAIN ? { NO_COLOR: "1" } : {}) },
      timeoutMs,
    });
  } catch (error) {
    if (error instanceof ProcessFailure && error.kind === "timed-out") {
      context.report.note(error.message);
      return 1;
    }
    throw error;
  }
}
