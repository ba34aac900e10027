/** `complete` and `complete-words` with their arguments. Their code is loaded when they are called. */
import { Argument, type Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { SHELLS } from "./scripts.ts";

/** Adds `complete`, and `complete-words`, which the script of a shell calls. */
export function addCompletionCommands(program: Command, context: CommandContext): void {
  program
    .command("complete")
    .description("print the script for completion in bash, zsh or fish")
    .addArgument(new Argument("<shell>", "shell to print it for").choices(SHELLS))
    .addHelpText(
      "after",
      `
  bash   source <(zbl complete bash)     in ~/.bashrc
  zsh    source <(zbl complete zsh)      in ~/.zshrc, behind compinit
  fish   zbl complete fish > ~/.config/fish/conf.d/zbl.fish`,
    )
    .action(async (shell) => (await import("./complete.ts")).completionScript(context, shell));
  program
    .command("complete-words", { hidden: true })
    .description("answer a shell: print the words that may replace the last one")
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .argument("[words...]", "the words after the program's name up to the cursor, behind --")
    .action(async (shell, words) =>
      (await import("./complete.ts")).completeWords(context, program, shell, words),
    );
}
