/** `ls` and `select`: the stacks themselves. Their code is loaded when they are called. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { withOptions } from "../setting-options.ts";
import { withProgram } from "../stack-options.ts";

/** Adds the commands to the program. */
export function addStackCommands(program: Command, context: CommandContext): void {
  withProgram(withOptions(program.command("ls"), "engine"))
    .description("list the stacks, and all deployments of the engine")
    .option("--json", "print the result, or the error, as one line of JSON")
    .action(async (options) => (await import("./ls.ts")).listCommand(context, options));
  withProgram(program.command("select"))
    .description("select the stack that commands without a name are about")
    .argument("[stack]", "Pulumi stack (default: show which one is selected)")
    .action(async (stack, options) =>
      (await import("./select.ts")).selectCommand(context, stack, options),
    );
}
