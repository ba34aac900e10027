/** Options and arguments of the command line that name a stack. */
import type { Command } from "commander";
import { UsageError } from "./usage-error.ts";

/** Adds the option that names the program of a stack. */
export function withProgram(target: Command): Command {
  return target.option("--cwd <folder>", "folder of the Pulumi program (default: this one)");
}

/** Adds the options that name a stack and its program. */
export function withStack(target: Command): Command {
  return withProgram(
    target.option("-s, --stack <name>", "Pulumi stack (default: the selected one)"),
  );
}

/** Adds the argument that names a stack, for a command without other arguments. */
export function ofStack(target: Command): Command {
  return target.argument("[stack]", "Pulumi stack (default: the selected one)");
}

/**
 * Returns the stack that a command names, by its argument or by `--stack`; undefined for none.
 *
 * @throws UsageError where both are given
 */
export function stackName(word: string | undefined, option: string | undefined) {
  if (word !== undefined && option !== undefined) {
    throw namedTwice(word, "--stack");
  }
  return word ?? option;
}

/** Error for a deployment that is named twice. */
export function namedTwice(word: string, option: string): UsageError {
  return new UsageError(
    `${word} names a stack, and ${option} names the deployment already. Give one of them.`,
  );
}
