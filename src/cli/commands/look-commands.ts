/** Commands that show what runs, and those that work in a container. */
import type { Command } from "commander";
import type { CliCommand } from "../cli-command.ts";
import type { CommandContext } from "../command-context.ts";
import { count, intervalSeconds, wholeNumber } from "../numbers.ts";
import { ofStack } from "../stack-options.ts";
import { aboutProject, accepts, withJson, withResult } from "./builders.ts";

/** Adds `status`, `logs`, `events` and `open`. */
export function addLookCommands(program: Command, context: CommandContext): void {
  ofStack(withResult(program, "status", "show services, health, ports and images"))
    .alias("ps")
    .option("-w, --watch", "keep showing the status until Ctrl-C (exit code 130)")
    .option("--interval <seconds>", "seconds between two updates of --watch", intervalSeconds, 2)
    .action(async (stack, options) =>
      (await import("./status.ts")).statusCommand(context, stack, options),
    );
  withResult(program, "logs", "show the last log lines, or follow them")
    .argument(
      "[service...]",
      "services whose logs to show (default: all), behind the stack if you name one",
    )
    .option("-n, --tail <lines>", "number of lines per container", wholeNumber, 100)
    .option("--since <time>", "show only newer lines: 10m, 2h or 2026-01-31T12:00:00Z")
    .option("-f, --follow", "follow new output until Ctrl-C (exit code 130)")
    .action(async (services, options) =>
      (await import("./logs.ts")).logsCommand(context, services, options),
    );
  ofStack(aboutProject(program, "events", "stream container events until Ctrl-C"))
    .option("--since <time>", "print earlier events too, since 10m or 2026-01-31T12:00:00Z")
    .option("--json", "print each event as one line of JSON")
    .action(async (stack, options) =>
      (await import("./events.ts")).eventsCommand(context, stack, options),
    );
  withJson(ofStack(aboutProject(program, "open", "open the front in a browser, and print its URL")))
    .option("--print", "print the URL only")
    .action(async (stack, options) =>
      (await import("./open.ts")).openCommand(context, stack, options),
    );
}

/** Adds `exec` and `rails`. */
export function addWorkCommands(program: Command, context: CommandContext): void {
  const command = (name: string, description: string, ownOperands: number) =>
    (aboutProject(program, name, description) as CliCommand).leavesWordsAfter(ownOperands);

  accepts(command("exec", "run a command in a service's container", 1), "-i, --interactive")
    .argument("<service>", "service, such as api, behind the stack if you name one")
    .argument("<command...>", "the program and its arguments")
    .option("--index <number>", "which of several containers of the service (default: 1)", count)
    .option("-u, --user <user>", "user in the container (default: the image's)")
    .option("-w, --workdir <folder>", "folder in the container (default: the image's)")
    .option("-t, --tty", "accepted: there is a terminal where this process has one")
    .option("-T, --no-tty", "give the command no terminal, even where there is one")
    .addHelpText("after", "\nEnds with the exit code of the command; 125 to 127 are docker's own.")
    .action(async (service, args, options) =>
      (await import("./exec.ts")).execCommand(context, [service, ...args], options),
    );
  command("rails", "open the Rails console of Lago's api", 0)
    .argument("[arguments...]", "another command of Rails, such as runner 'puts 1'")
    .action(async (args, options) =>
      (await import("./exec.ts")).railsCommand(context, args, options),
    );
}
