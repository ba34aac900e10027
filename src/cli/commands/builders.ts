/** Options that commands share. */
import { type Command, Option } from "commander";
import { withOptions } from "../setting-options.ts";
import { withStack } from "../stack-options.ts";

/** Declares a command on the containers of a deployment. */
export function aboutProject(program: Command, name: string, description: string): Command {
  const command = program.command(name).description(description);
  return withOptions(withStack(withOptions(command, "project")), "engine");
}

/** Declares a command on a deployment whose result can be printed as JSON. */
export function withResult(program: Command, name: string, description: string): Command {
  return withJson(aboutProject(program, name, description));
}

/** Adds `--json`. */
export function withJson(command: Command): Command {
  return command.option("--json", "print the result, or the error, as one line of JSON");
}

/** Adds the options of a command that reads compose files. */
export function withFiles(command: Command): Command {
  return withOptions(command, "files").option(
    "--env-file <file>",
    "read settings from a .env file as docker compose does",
  );
}

/** Adds the options of a command about a start. */
export function withStart(command: Command): Command {
  return withOptions(withFiles(command), "start").addHelpText(
    "after",
    "\nSettings come from the environment, which counts more, and from --env-file, never from options.",
  );
}

/** Adds the options of a command that waits for other runs. */
export function withLock(command: Command): Command {
  return withOptions(command, "lock");
}

/** Adds options that are accepted and change nothing, and that the help does not list. */
export function accepts(command: Command, ...flags: readonly string[]): Command {
  for (const one of flags) {
    command.addOption(new Option(one, "accepted: it is always so").hideHelp());
  }
  return command;
}

/** Answer to the question whether to go on, for commands that ask nothing. */
export const YES = "-y, --yes";

/** Options of `docker compose up` for what a start always does. */
export const DETACHED = ["-d, --detach", "--wait"];

/** Option of `docker compose down` for what it always does here. */
export const REMOVE_ORPHANS = "--remove-orphans";
