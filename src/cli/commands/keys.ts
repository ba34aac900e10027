/** `keys export`, `import` and `recover`: moves keys between stacks and machines, never by an argument. */
import type { Command } from "commander";
import type { Session } from "../session.ts";
import { withOptions } from "../setting-options.ts";

/** Adds the commands to the program. */
export function addKeysCommands(program: Command, session: Session): void {
  const keys = program
    .command("keys")
    .description("save the keys that data depends on, and give them back");
  const withStack = (target: Command) =>
    target
      .requiredOption("-s, --stack <name>", "Pulumi stack")
      .option("--cwd <folder>", "folder of the Pulumi program", ".");
  withStack(keys.command("export"))
    .description("write a stack's keys as JSON to a new file, or to a pipe")
    .option("-p, --project <name>", "compose project, for a program with several deployments")
    .option("-o, --output <file>", "file to make, which only you may read")
    .option("--to-terminal", "show the keys on the screen")
    .action(async (options) => (await import("./keys-export.ts")).exportCommand(session, options));
  withOptions(withStack(keys.command("import")), "engine")
    .description("make saved keys, from standard input or a file, secret config of a stack")
    .option("-i, --input <file>", "file that `keys export` made")
    .option("-p, --project <name>", "compose project of the data (default: the one they are from)")
    .action(async (options) => (await import("./keys-import.ts")).importCommand(session, options));
  withOptions(keys.command("recover"), "engine")
    .description("take keys that were lost with a stack's state from the deployment's containers")
    .requiredOption("-p, --project <name>", "compose project")
    .option("-s, --stack <name>", "Pulumi stack whose secret config they are to be")
    .option("--cwd <folder>", "folder of the Pulumi program", ".")
    .option("--to-stdout", "print them as JSON instead, as keys export does")
    .action(async (options) =>
      (await import("./keys-recover.ts")).recoverCommand(session, options),
    );
}
