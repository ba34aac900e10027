/**
 * The commands of every day, each with its options. What they do is loaded when one is called: the
 * others start as fast as without them.
 */
import { Argument, type Command } from "commander";
import { SHELLS } from "../completion/scripts.ts";
import { count } from "../numbers.ts";
import type { Session } from "../session.ts";
import { withOptions } from "../setting-options.ts";

/** How commands of the program begin. */
export interface CommandBeginnings {
  /** One that is about a project. */
  readonly aboutProject: (name: string, description: string) => Command;
  /** Adds the options that say what is started, and how. */
  readonly withStart: (command: Command) => Command;
}

/** Adds them to a program. */
export function addEverydayCommands(
  program: Command,
  session: Session,
  { aboutProject: command, withStart }: CommandBeginnings,
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
  command("open", "open the front in a browser, and print its URL")
    .option("--print", "print it only")
    .option("--json", "print the result, or the error, as one line of JSON")
    .action(async (options) => (await import("./open.ts")).openCommand(session, options));
  withStart(command("config", "show the settings that up would use, and where each comes from"))
    .option("-s, --stack <name>", "Pulumi stack whose config says them, instead of these options")
    .option("--cwd <folder>", "folder of the Pulumi program (default: this one)")
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
    .action(async (options) => (await import("./config.ts")).configCommand(session, options));
  addInit(program, session);
  addComplete(program, session);
}

function addInit(program: Command, session: Session): void {
  withOptions(program.command("init"), "engine")
    .description("make a Pulumi stack: ask, write its config, generate its keys as secrets")
    .argument("[stack]", "name of the stack, such as dev; asked for where there is a terminal")
    .option("--cwd <folder>", "folder of the Pulumi program", ".")
    .option("--project-name <name>", "compose project (default: lago- and the stack's name)")
    .option("--api-url <url>", "where browsers reach the api (default: localhost at its port)")
    .option("--front-url <url>", "where browsers reach the front (default: localhost at its port)")
    .option("--api-port <port>", "host port of the api, or auto (default: 3000)")
    .option("--front-port <port>", "host port of the front, or auto (default: 80)")
    .option("--address <ip>", "host address to publish on (default: 127.0.0.1)")
    .option("--release <tag>", "release of Lago, such as v1.50.0 (default: the bundled file's)")
    .option("--disable-signup", "keep visitors from opening an organisation")
    .option("-y, --yes", "ask nothing: what is not given stays at its default")
    .option("--overwrite", "write over settings that the stack has; its keys always stay")
    .option("--json", "print the result, or the error, as one line of JSON")
    .action(async (stack, options) =>
      (await import("./init.ts")).initCommand(session, stack, options),
    );
}

function addComplete(program: Command, session: Session): void {
  program
    .command("complete")
    .description("print the script that makes a shell complete commands, options and names")
    .addArgument(new Argument("<shell>", "shell to print it for").choices(SHELLS))
    .addHelpText(
      "after",
      `
  bash   source <(z-billing-lago complete bash)     in ~/.bashrc
  zsh    source <(z-billing-lago complete zsh)      in ~/.zshrc, behind compinit
  fish   z-billing-lago complete fish > ~/.config/fish/completions/z-billing-lago.fish`,
    )
    .action(async (shell) =>
      (await import("../completion/complete.ts")).completionScript(session, shell),
    );
  program
    .command("complete-words", { hidden: true })
    .description("answer a shell: print what may stand in the place of the last word")
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .argument("[words...]", "the line behind the program's name up to the cursor, behind --")
    .action(async (shell, words) =>
      (await import("../completion/complete.ts")).completeWords(session, program, shell, words),
    );
}
