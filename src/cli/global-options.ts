/** Options that may stand before the command, as with docker compose: `-p lago-dev status`. */
import { type Command, CommanderError, Option } from "commander";
import type { CommandContext } from "./command-context.ts";
import { ownVersion } from "./commands/version.ts";

/** Options that the help of the program lists. */
const LISTED: readonly (readonly [flags: string, description: string])[] = [
  ["-s, --stack <name>", "Pulumi stack, here or behind the command"],
  ["-p, --project <name>", "compose project of a deployment without a stack"],
  ["--json", "print one line of JSON, for errors too"],
];

/** Options that are accepted, and that the help of each command lists. */
const UNLISTED = [
  ...["--cwd <folder>", "--docker-host <url>", "--docker-context <name>"],
  ...["--docker-cert-path <folder>", "--env-file <file>"],
];

/** Options that may be given several times. */
const REPEATED = ["-f, --file <name>", "--profile <name>"];

/** Has the program accept options before the command, and hand them to the command. */
export function acceptBeforeCommands(program: Command, { output }: CommandContext): void {
  // Options behind a command are the command's own, even where the program has one of that name.
  program.enablePositionalOptions();
  for (const [flags, description] of LISTED) {
    program.option(flags, description);
  }
  for (const flags of UNLISTED) {
    program.addOption(new Option(flags).hideHelp());
  }
  for (const flags of REPEATED) {
    const all = (value: string, before: string[] = []) => [...before, value];
    program.addOption(new Option(flags).argParser(all).hideHelp());
  }
  program.addOption(new Option("-V").hideHelp()).on("option:V", () => {
    output.result(ownVersion());
    throw new CommanderError(0, "commander.version", ownVersion());
  });
  for (const group of [
    program,
    ...program.commands.filter(({ commands }) => commands.length > 0),
  ]) {
    group.hook("preSubcommand", (_, command) => handDown(program, command));
  }
}

/** Gives the options before a command to the command, as if they stood behind its name. */
function handDown(program: Command, command: Command): void {
  if (command.commands.length > 0) {
    return;
  }
  for (const { long, required, attributeName } of program.options.map(named)) {
    const given: unknown = program.getOptionValue(attributeName);
    if (given === undefined) {
      continue;
    }
    const own = command.options.find((one) => one.long === long && one.required === required);
    if (own === undefined) {
      command.error(`error: '${command.name()}' has no option '${long}'`);
    }
    command.setOptionValueWithSource(own.attributeName(), given, "cli");
  }
}

function named(option: Option) {
  const { long, required } = option;
  return { long, required, attributeName: option.attributeName() };
}
