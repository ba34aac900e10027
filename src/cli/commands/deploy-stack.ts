/** `up STACK`, which `npm start` runs too. */
import type { Questions, StackRequest } from "../../stacks/context.ts";
import { deployStack } from "../../stacks/deploy-stack.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOfStack } from "../exit-codes.ts";
import { stackContext } from "../stack-context.ts";
import { stackName } from "../stack-options.ts";
import { chosenStack, type StackChoice } from "../stack-target.ts";

/** Options of a command on a stack. */
export interface StackCommandOptions extends Partial<Omit<StackRequest, "stack">> {
  readonly stack: string;
  /** Folder of the Pulumi program. Defaults to the current one. */
  readonly cwd?: string;
  /** Whether to make the stack when there is none of that name. Defaults to false. */
  readonly create?: boolean;
}

/**
 * Deploys a stack.
 *
 * @param questions asks. Defaults to prompts on the terminal, where there is one.
 * @returns the exit code of the process
 */
export async function deployStackCommand(
  context: CommandContext,
  options: StackCommandOptions,
  questions?: Questions,
): Promise<number> {
  const { cwd = ".", create = false } = options;
  const surroundings = stackContext(context, cwd, questions);
  return exitCodeOfStack(await deployStack(surroundings, { ...requestOf(options), create }));
}

/** Makes the request of a command on a stack. */
export function requestOf({
  stack,
  yes = false,
  verbose = false,
  rest = [],
}: StackCommandOptions): StackRequest {
  return { stack, yes, verbose, rest };
}

/** Options of `up` and `destroy` for the stack that they name. */
export interface ChangeOptions extends StackChoice {
  readonly create?: boolean;
  readonly yes?: boolean;
  readonly verbose?: boolean;
}

/**
 * Deploys the stack that a command line names, or the selected one, or the first one of a program.
 *
 * @param rest arguments for Pulumi
 * @returns the exit code of the process
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 */
export async function deployNamedStack(
  context: CommandContext,
  word: string | undefined,
  rest: readonly string[],
  options: ChangeOptions,
): Promise<number> {
  const { create = false, yes, verbose } = options;
  const named = { ...options, stack: stackName(word, options.stack) };
  const target = await chosenStack(context, named, { makeFirst: true, create });
  const isNew = target.reason === "new";
  return await deployStackCommand(context, {
    ...{ stack: target.stack, cwd: target.folder, create: isNew, rest },
    ...(yes === undefined ? {} : { yes }),
    ...(verbose === undefined ? {} : { verbose }),
  });
}
