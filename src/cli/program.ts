/** The command line: its groups of commands, and the options that may stand before a command. */
import type { Command } from "commander";
import { CliCommand } from "./cli-command.ts";
import type { CommandContext } from "./command-context.ts";
import { addDeployCommands } from "./commands/deploy-commands.ts";
import { addKeysCommands } from "./commands/keys.ts";
import { addLoginCommand } from "./commands/login-options.ts";
import { addLookCommands, addWorkCommands } from "./commands/look-commands.ts";
import { addMachineCommands } from "./commands/machine-commands.ts";
import { addPipelineCommands } from "./commands/pipeline.ts";
import { addSetCommands } from "./commands/set-options.ts";
import { addAdoptCommand, addConfigCommand, addInitCommand } from "./commands/settings-commands.ts";
import { addStackCommands } from "./commands/stack-commands.ts";
import { ownVersion } from "./commands/version.ts";
import { addCompletionCommands } from "./completion/commands.ts";
import { acceptBeforeCommands } from "./global-options.ts";

/**
 * Creates the command line with all commands and options. The code of a command is loaded when it
 * is called, so that `--help` and read-only commands are quick.
 */
export function createProgram(context: CommandContext): Command {
  const program = new CliCommand("zbl")
    .description("Runs Lago, the open-source billing platform, with Docker Compose.")
    .version(ownVersion(), "-v, --version", "print the release of this program")
    .helpOption("-h, --help", "show this help")
    .configureHelp({ subcommandTerm: (one) => [one.name(), ...one.aliases()].join(", ") })
    .exitOverride();

  program.commandsGroup("Deploy:");
  addDeployCommands(program, context);
  program.commandsGroup("Look, and work in it:");
  addLookCommands(program, context);
  addLoginCommand(program, context);
  addWorkCommands(program, context);
  program.commandsGroup("Stacks and settings:");
  addStackCommands(program, context);
  addInitCommand(program, context);
  addAdoptCommand(program, context);
  addConfigCommand(program, context);
  addSetCommands(program, context);
  addKeysCommands(program, context);
  program.commandsGroup("Pipelines and machines:");
  addPipelineCommands(program, context);
  addMachineCommands(program, context);
  addCompletionCommands(program, context);
  program.helpCommand("help [command]", "show the options of a command");
  // Last, since it looks at the options of all commands.
  acceptBeforeCommands(program, context);
  return program;
}
