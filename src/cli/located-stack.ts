/** The compose project of a command that names a stack, or nothing at all. */
import { LAGO_SERVICES } from "../lago/services.ts";
import { findStack } from "../pulumi/cli/choose-stack.ts";
import { zbl } from "../text/zbl.ts";
import type { CommandContext } from "./command-context.ts";
import type { LocatedTarget, NamedTarget } from "./named-target.ts";
import { stackName } from "./stack-options.ts";
import { chosenOf, deploymentOfStack, stacksOf } from "./stack-target.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Finds the project of a command's stack: the one of `--stack`, or of the first word, or the selected
 * one.
 *
 * @param words arguments of the command. The first one may be the name of a stack
 * @param others whether other words than the name of a stack may stand there, such as services
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 * @throws UsageError for a word that may mean two things
 */
export async function locatedStack<T extends NamedTarget>(
  context: CommandContext,
  options: T,
  words: readonly string[],
  others: "services" | "no others",
): Promise<LocatedTarget<T>> {
  const stacks = await stacksOf(context, options);
  const [first] = words;
  const isStack =
    first !== undefined &&
    (others === "no others" || (options.stack === undefined && findStack(first, stacks)));
  if (isStack && others === "services" && LAGO_SERVICES.includes(first)) {
    throw new UsageError(
      `${first} is both a stack and a service of Lago. Name the stack by --stack, as in \`${zbl("status", "--stack", first)}\`.`,
    );
  }
  const stack = stackName(isStack ? first : undefined, options.stack);
  const target = chosenOf(context, { ...options, stack }, stacks);
  const { projectName, engine, services } = await deploymentOfStack(target);
  const named = options.dockerHost !== undefined || options.dockerContext !== undefined;
  return {
    options: { ...options, stack: target.stack, project: projectName, ...(named ? {} : engine) },
    words: isStack ? words.slice(1) : words,
    services,
    stack: LAGO_SERVICES.includes(target.stack) ? ["--stack", target.stack] : [target.stack],
  };
}
