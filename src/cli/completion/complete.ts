/** `complete`: prints shell completions of commands, options and names. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { candidates } from "./candidates.ts";
import { lineFor, SCRIPTS, type Shell } from "./scripts.ts";

/** Prints the script that a shell reads. */
export function completionScript({ output }: CommandContext, shell: Shell): void {
  output.result(SCRIPTS[shell]);
}

/**
 * Answers a shell: one line for each word that may replace the last word.
 *
 * @param words words after the program's name on the line, up to the cursor
 */
export async function completeWords(
  { output, environment }: CommandContext,
  program: Command,
  shell: Shell,
  words: readonly string[],
): Promise<void> {
  const { known, names, given } = candidates(program, words);
  const current = words.at(-1) ?? "";
  const more =
    names === undefined
      ? []
      : await (await import("./names.ts")).namesOf(names, environment, given);
  const begun = more.filter(({ value }) => value.startsWith(current === "=" ? "" : current));
  const lines = [...known, ...begun].map((one) => lineFor(shell, one));
  if (lines.length > 0) {
    output.result(lines.join("\n"));
  }
}
