/** `set` and `unset` with their options. Their code is loaded when they are called. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { withStack } from "../stack-options.ts";

const HELP = `
NAME is a setting of the stack such as version or ports.api, or one of Lago such as mail.from,
with or without \`settings.\` in front. Programs that read their config with lagoArgsFromConfig,
like the one of this project, have these settings.

The value is checked before anything is written. A secret is encrypted, and never an argument:
without VALUE the command asks, or reads standard input. For a list such as allowUnsafe, VALUE is
added to the list, or removed from it.`;

/** Adds `set` and `unset`. */
export function addSetCommands(program: Command, context: CommandContext): void {
  const about = (name: string, description: string) =>
    withStack(program.command(name))
      .description(description)
      .argument("<words...>", "stack (default: the selected one), setting and value")
      .usage("[options] [STACK] NAME [VALUE]")
      .option("--json", "print the result, or the error, as one line of JSON")
      .addHelpText("after", HELP);
  about("set", "set a setting of a stack, secrets encrypted").action(async (words, options) =>
    (await import("./set.ts")).setCommand(context, words, options),
  );
  about("unset", "remove a setting of a stack, or a value of a list").action(
    async (words, options) => (await import("./unset.ts")).unsetCommand(context, words, options),
  );
}
