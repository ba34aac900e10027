/**
 * `keys export`, `import` and `recover`: move keys between stacks and machines, never in an
 * argument.
 */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { withOptions } from "../setting-options.ts";
import { ofStack, withStack } from "../stack-options.ts";

/** Adds the commands to the program. */
export function addKeysCommands(program: Command, context: CommandContext): void {
  const keys = program
    .command("keys")
    .description("save and restore the keys that data depends on");
  withStack(ofStack(keys.command("export")))
    .description("write a stack's keys as JSON to a new file, or to a pipe")
    .option("-p, --project <name>", "compose project, for a program with several deployments")
    .option("-o, --output <file>", "file to create, readable only by you")
    .option("--to-terminal", "show the keys on the screen")
    .action(async (stack, options) =>
      (await import("./keys-export.ts")).exportCommand(context, stack, options),
    );
  withOptions(withStack(ofStack(keys.command("import"))), "engine")
    .description("store saved keys, from a file or standard input, as secrets of a stack")
    .option("-i, --input <file>", "file that `keys export` made")
    .option(
      "-p, --project <name>",
      "compose project of the data (default: the project of the export)",
    )
    .action(async (stack, options) =>
      (await import("./keys-import.ts")).importCommand(context, stack, options),
    );
  withOptions(keys.command("recover"), "engine")
    .description("recover the keys of a lost stack state from the deployment's containers")
    .requiredOption("-p, --project <name>", "compose project")
    .option("-s, --stack <name>", "Pulumi stack to store the keys in, as secret config")
    .option("--cwd <folder>", "folder of the Pulumi program (default: this one)")
    .option("--to-stdout", "print the keys as JSON instead, as keys export does")
    .action(async (options) =>
      (await import("./keys-recover.ts")).recoverCommand(context, options),
    );
}
