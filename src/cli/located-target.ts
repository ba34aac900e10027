/** The compose project of a command, where the command names a stack or nothing at all. */
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import type { CommandContext } from "./command-context.ts";
import type { LocatedTarget, NamedTarget } from "./named-target.ts";
import { givenOptions } from "./setting-options.ts";
import { namedTwice, stackName } from "./stack-options.ts";
import type { StackTarget } from "./stack-target.ts";
import { UsageError } from "./usage-error.ts";

/** Whether the options name a compose project, or a folder that gives its name to one. */
export function namesProject({ project, path }: NamedTarget, context: CommandContext): boolean {
  return (
    project !== undefined || path !== undefined || context.environment[SPEC_VARIABLE] !== undefined
  );
}

/**
 * Refuses options that describe a deployment, where a stack's config does so.
 *
 * @throws UsageError that names the options
 */
function refuseDescription(options: NamedTarget): void {
  const names = [
    ...(options.envFile === undefined ? [] : ["--env-file"]),
    ...givenOptions(options, ["files", "start"]),
  ];
  if (names.length > 0) {
    const verb = names.length === 1 ? "describes" : "describe";
    throw new UsageError(
      `${names.join(" and ")} ${verb} a deployment without a stack: name the deployment by --project, or set the config of the stack instead.`,
    );
  }
}

/**
 * Finds the project of a command. Options that name a project stay as they are. Else the stack
 * counts: the one of `--stack`, or of the first word, or the selected one.
 *
 * @param words arguments of the command. The first one may be the name of a stack
 * @param others whether other words than the name of a stack may stand there, such as services
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 * @throws UsageError for a word that may mean two things
 */
export async function locatedTarget<T extends NamedTarget>(
  context: CommandContext,
  options: T,
  words: readonly string[],
  others: "services" | "no others",
): Promise<LocatedTarget<T>> {
  if (namesProject(options, context)) {
    if (options.stack !== undefined) {
      throw namedTwice("--stack", "--project");
    }
    if (others === "no others" && words.length > 0) {
      throw namedTwice(words[0] ?? "", "--project");
    }
    return { options, words };
  }
  // Pulumi's part is of no use where the project is named, and loaded only here.
  const { locatedStack } = await import("./located-stack.ts");
  return await locatedStack(context, options, words, others);
}

/**
 * Chooses the stack of a command about settings or changes; undefined where the options describe a
 * deployment without a stack.
 *
 * @param word argument of the command, the name of a stack
 * @throws DeployError and UsageError as {@link locatedTarget} does; UsageError also for options that
 *   only describe a deployment without a stack
 */
export async function stackOrDescription(
  context: CommandContext,
  options: NamedTarget,
  word: string | undefined,
): Promise<StackTarget | undefined> {
  if (namesProject(options, context)) {
    if (word !== undefined || options.stack !== undefined) {
      throw namedTwice(word ?? "--stack", "--project");
    }
    return undefined;
  }
  refuseDescription(options);
  const { chosenStack } = await import("./stack-target.ts");
  return await chosenStack(context, { ...options, stack: stackName(word, options.stack) });
}

/** The optional argument of a command as a list of words. */
export function listOf(word: string | undefined): readonly string[] {
  return word === undefined ? [] : [word];
}
