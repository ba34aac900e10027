/** `up STACK`, which `npm start` runs too. */
import type { Questions, StackRequest } from "../../stacks/context.ts";
import { deployStack } from "../../stacks/deploy-stack.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOfStack } from "../exit-codes.ts";
import { stackContext } from "../stack-context.ts";

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
