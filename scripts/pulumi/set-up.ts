/** Set-up of a script that works on a stack. */
import { type Part, setUp } from "../../setup/all.ts";
import type { SetupContext } from "../../setup/context.ts";

/**
 * Sets up Pulumi, runs `work`, and sets up further parts.
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
  await setUp(context, ["pulumi", "plugin", step, ...parts]);
  return results[0] as T;
}
