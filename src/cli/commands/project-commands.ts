/**
 * Commands on the containers and settings of a project, with their options. The code of a command is
 * loaded when it is called, so that the other commands start as fast as without it.
 */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { count } from "../numbers.ts";
import { ofStack } from "../stack-options.ts";

/** Builders of commands, shared with the main program. */
export interface CommandBuilders {
  /** Declares a command on a project. */
  readonly aboutProject: (name: string, description: string) => Command;
  /** Adds the options of a start. */
  readonly withStart: (command: Command) => Command;
}

/** Adds `exec`, `rails`, `events`, `open` and `config`. */
export function addProjectCommands(
  context: CommandContext,
  { aboutProject: command, withStart }: CommandBuilders,
): void {
  command("exec", "run a command in a service's container, with a terminal if there is one")
    .argument("<service>", "service, such as api, behind the stack if you name one")
    .argument("<command...>", "the program and its arguments, behind --")
    .option("--index <number>", "which of several containers of the service (default: 1)", count)
    .option("-u, --user <user>", "user in the container (default: the image's)")
    .option("-w, --workdir <folder>", "folder in the container (default: the image's)")
    .addHelpText("after", "\nEnds with the exit code of the command; 125 to 127 are docker's own.")
    .action(async (service, args, options) =>
      (await import("./exec.ts")).execCommand(context, [service, ...args], options),
    );
  command("rails", "open the Rails console of Lago's api, or run another command of Rails")
    .argument("[arguments...]", "behind --, such as `-- runner 'puts 1'` (default: console)")
    .action(async (args, options) =>
      (await import("./exec.ts")).railsCommand(context, args, options),
    );
  ofStack(command("events", "print events of the containers until Ctrl-C (exit code 130)"))
    .option("--since <time>", "print earlier events too, since 10m or 2026-01-31T12:00:00Z")
    .option("--json", "print each event as one line of JSON")
    .action(async (stack, options) =>
      (await import("./events.ts")).eventsCommand(context, stack, options),
    );
  ofStack(command("open", "open the front in a browser, and print its URL"))
    .option("--print", "print the URL only")
    .option("--json", "print the result, or the error, as one line of JSON")
    .action(async (stack, options) =>
      (await import("./open.ts")).openCommand(context, stack, options),
    );
  withStart(
    ofStack(command("config", "show the settings that up would use, and where each comes from")),
  )
    .option("--json", "print the result, or the error, as one line of JSON")
    .addHelpText(
      "after",
      `
Origins:
  given      by option, environment, --env-file or the stack's config
  default    this project's own      derived    follows from others
  generated  made once, and kept     file       the compose file's own
Secrets show as [secret]. Nothing is touched.`,
    )
    .action(async (stack, options) =>
      (await import("./config.ts")).configCommand(context, stack, options),
    );
}
