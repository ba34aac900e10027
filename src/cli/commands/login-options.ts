/** `login` with its options. Its code is loaded when it is called. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { ofStack, withStack } from "../stack-options.ts";

/** Adds `login`. */
export function addLoginCommand(program: Command, context: CommandContext): void {
  withStack(ofStack(program.command("login")))
    .description("show URL and address of the first login")
    .option("-p, --project <name>", "compose project, for a program with several deployments")
    .option("--show-secrets", "show the password and the API key too")
    .option("--json", "print the login, or the error, as one line of JSON")
    .action(async (stack, options) =>
      (await import("./login.ts")).loginCommand(context, stack, options),
    );
}
