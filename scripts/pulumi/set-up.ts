/** Set-up of a script that works on a stack. */
import { type Part, setUp } from "../../setup/all.ts";
import type { SetupContext } from "../../setup/context.ts";
import { withoutIdle } from "../../setup/report.ts";

/**
 * Sets up Pulumi, runs `work`, and sets up further parts. Tells only of parts that had something to
 * do.
 *
 * @param work work that needs Pulumi alone, such as the choice of the stack
 * @returns the result of `work`
 * @throws SetupFailure at the first part that fails, or the errors of `work`
 */
export async function setUpAround<T>(
  context: SetupContext,
  work: () => Promise<T>,
  parts: readonly Part[],
): Promise<T> {
  const results: T[] = [];
  const step = async () => {
    results.push(await work());
  };
  const quiet = { ...context, report: withoutIdle(context.report) };
  await setUp(quiet, ["pulumi", "plugin", step, ...parts]);
  return results[0] as T;
}
