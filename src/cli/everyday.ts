/**
 * The commands of every day, each with its options. What they do is loaded when one is called: the
 * others start as fast as without them.
 */
import type { Command } from "commander";
import { count } from "./numbers.ts";
import type { Session } from "./session.ts";

/** Adds them to a program. `command` begins one that is about a project. */
export function addEverydayCommands(
  command: (name: string, description: string) => Command,
  session: Session,
): void {
  command("exec", "run a command in a service's container, with a terminal where there is one")
    .argument("<service>", "service, such as api")
    .argument("<command...>", "the program and its arguments, behind --")
    .option("--index <number>", "which of several containers of the service (default: 1)", count)
    .option("-u, --user <user>", "user in the container (default: the image's)")
    .option("-w, --workdir <folder>", "folder in the container (default: the image's)")
    .addHelpText("after", "\nEnds with the exit code of the command; 125 to 127 are docker's own.")
    .action(async (service, args, options) =>
      (await import("./exec.ts")).execCommand(session, service, args, options),
    );
  command("rails", "open the Rails console of Lago's api, or run another command of Rails")
    .argument("[arguments...]", "behind --, such as `-- runner 'puts 1'` (default: console)")
    .action(async (args, options) =>
      (await import("./exec.ts")).railsCommand(session, args, options),
    );
  command("events", "tell what happens to the containers, until Ctrl-C (exit code 130)")
    .option("--since <time>", "begin with what happened since, such as 10m or 2026-01-31T12:00:00Z")
    .option("--json", "print each event as one line of JSON")
    .action(async (options) => (await import("./events.ts")).eventsCommand(session, options));
}
