/** `destroy STACK`, which `npm run destroy` runs too. */
import type { Questions } from "../../stacks/context.ts";
import { destroyStack } from "../../stacks/destroy-stack.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOfStack } from "../exit-codes.ts";
import { stackContext } from "../stack-context.ts";
import { requestOf, type StackCommandOptions } from "./deploy-stack.ts";

/**
 * Destroys a stack.
 *
 * @param questions asks. Defaults to prompts on the terminal, where there is one.
 * @returns the exit code of the process
 */
export async function destroyStackCommand(
  context: CommandContext,
  options: StackCommandOptions,
  questions?: Questions,
): Promise<number> {
  const surroundings = stackContext(context, options.cwd ?? ".", questions);
  return exitCodeOfStack(await destroyStack(surroundings, requestOf(options)));
}
