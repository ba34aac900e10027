/** Commands about this machine, a checkout of Lago, and this program. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { exitCodeText } from "../exit-codes.ts";
import { withOptions } from "../setting-options.ts";
import { ownVersion } from "./version.ts";

/** Adds `doctor`, `lint`, `version` and `exit-codes`. */
export function addMachineCommands(program: Command, context: CommandContext): void {
  withOptions(program.command("doctor"), "engine")
    .description("show what is installed, and how to get what is missing")
    .option("--json", "print the findings as one line of JSON")
    .action(async (options) => (await import("./doctor.ts")).doctorCommand(context, options));
  program
    .command("lint")
    .summary("find unsafe settings in a checkout of Lago")
    .description(
      "find unsafe settings, and settings without effect, in a Lago checkout and its .env file",
    )
    .argument("[path]", "folder of Lago's compose file", ".")
    .option("-f, --file <name...>", "compose files, relative to the folder")
    .option("--profile <name...>", "compose profiles to switch on")
    .option("--env-file <file>", "file that compose reads (default: .env in the folder)")
    .option("--allow <name...>", "accept findings, named as check:field")
    .option("--all", "show minor findings too, such as on variables that nobody set")
    .option("--json", "print all findings as one line of JSON")
    .action(async (path, options) =>
      (await import("./lint.ts")).lintCommand(context, path, options),
    );
  program
    .command("version", { hidden: true })
    .description("print the release of this program")
    .action(() => context.output.result(ownVersion()));
  program
    .command("exit-codes")
    .description("list the exit codes and the kinds of failures")
    .configureHelp({ formatHelp: () => `${exitCodeText()}\n` })
    .action(() => context.output.result(exitCodeText()));
}
