/** `destroy STACK`, which `npm run destroy` runs too. */
import type { Questions } from "../../stacks/context.ts";
import { destroyStack } from "../../stacks/destroy-stack.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOfStack } from "../exit-codes.ts";
import { stackContext } from "../stack-context.ts";
import { stackName } from "../stack-options.ts";
import { chosenStack } from "../stack-target.ts";
import { changeWords } from "./change-words.ts";
import { type ChangeOptions, requestOf, type StackCommandOptions } from "./deploy-stack.ts";

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

/**
 * Destroys the stack that a command line names, or the selected one.
 *
 * @param rest arguments for Pulumi
 * @returns the exit code of the process
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 */
export async function destroyCommand(
  context: CommandContext,
  word: string | undefined,
  rest: readonly string[],
  options: ChangeOptions,
): Promise<number> {
  const words = changeWords(word, rest);
  const named = { ...options, stack: stackName(words.stack, options.stack) };
  const target = await chosenStack(context, named);
  const { yes, verbose } = options;
  return await destroyStackCommand(context, {
    ...{ stack: target.stack, cwd: target.folder, rest: words.rest },
    ...(yes === undefined ? {} : { yes }),
    ...(verbose === undefined ? {} : { verbose }),
  });
}
