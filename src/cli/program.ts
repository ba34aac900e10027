/** The commands and their options. */
import { Command, Option } from "commander";
import { zbl } from "../text/zbl.ts";
import type { CommandContext } from "./command-context.ts";
import { addInitCommand } from "./commands/init-options.ts";
import { addKeysCommands } from "./commands/keys.ts";
import { addPipelineCommands } from "./commands/pipeline.ts";
import { addProjectCommands } from "./commands/project-commands.ts";
import { addSetCommands } from "./commands/set-options.ts";
import { ownVersion } from "./commands/version.ts";
import { addCompletionCommands } from "./completion/commands.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { intervalSeconds, wholeNumber } from "./numbers.ts";
import { withOptions } from "./setting-options.ts";

const EXIT_CODE_HELP = `
Exit codes:
  0  done    1  unexpected error    2  wrong usage    3  drift found
  4 to 6  see \`${zbl("pipeline", "--help")}\`
${Object.entries(EXIT_CODES)
  .map(([kind, code]) => `  ${String(code).padEnd(3)} ${kind}`)
  .join("\n")}`;

/**
 * Creates the command line with all commands and options. The code of a command is loaded when it
 * is called, so that `--help` and read-only commands are quick.
 */
export function createProgram(context: CommandContext): Command {
  const program = new Command("z-billing-lago")
    .description("Runs Lago, the open-source billing platform, with Docker Compose.")
    .version(ownVersion(), "-V, --version", "print the release of this program")
    .addHelpText("after", EXIT_CODE_HELP)
    .showHelpAfterError()
    .exitOverride();

  const aboutProject = (name: string, description: string) =>
    withOptions(withOptions(program.command(name).description(description), "project"), "engine");

  const command = (name: string, description: string) =>
    aboutProject(name, description).option(
      "--json",
      "print the result, or the error, as one line of JSON",
    );

  const withFiles = (target: Command) =>
    withOptions(target, "files").option(
      "--env-file <file>",
      "read settings from a file of NAME=value lines",
    );

  const withStart = (target: Command) =>
    withOptions(withFiles(target), "start").addHelpText(
      "after",
      "\nSettings come from the environment and --env-file, never from options.",
    );

  const withLock = (target: Command) => withOptions(target, "lock");

  withLock(withStart(command("up", "start the deployment and wait until every service is ready")))
    .option("--timings", "print to standard error how long each step took")
    .action(async (options) => (await import("./commands/up.ts")).upCommand(context, options));
  withStart(command("plan", "show what up would do to each service, and why; change nothing"))
    .addOption(
      new Option(
        "--markdown",
        "print the plan as Markdown, for a comment on a pull request",
      ).conflicts("json"),
    )
    .option("-s, --stack <name>", "Pulumi stack to preview, instead of these options")
    .option("--cwd <folder>", "folder of the Pulumi program (default: this one)")
    .action(async (options) => (await import("./commands/plan.ts")).planCommand(context, options));
  withStart(command("drift", "show what differs from the result of up; change nothing")).action(
    async (options) => {
      process.exitCode = await (await import("./commands/plan.ts")).driftCommand(context, options);
    },
  );
  withFiles(command("pull", "pull the images")).action(async (options) =>
    (await import("./commands/up.ts")).pullCommand(context, options),
  );
  withLock(command("down", "remove containers and networks; data stays"))
    .option("--remove-volumes <project>", "remove this project's volumes too, and ALL ITS DATA")
    .addOption(new Option("--volumes").hideHelp())
    .action(async (options) => (await import("./commands/down.ts")).downCommand(context, options));
  withLock(command("restart", "restart services"))
    .argument("[service...]", "services to restart (default: all)")
    .action(async (services, options) =>
      (await import("./commands/down.ts")).restartCommand(context, services, options),
    );
  command("status", "show the status of the services")
    .option("-w, --watch", "keep showing the status until Ctrl-C (exit code 130)")
    .option("--interval <seconds>", "seconds between two updates of --watch", intervalSeconds, 2)
    .action(async (options) =>
      (await import("./commands/status.ts")).statusCommand(context, options),
    );
  command("logs", "show the last log lines")
    .argument("[service...]", "services whose logs to show (default: all)")
    .option("-n, --tail <lines>", "number of lines per container", wholeNumber, 100)
    .option("--since <time>", "show only newer lines: 10m, 2h or 2026-01-31T12:00:00Z")
    .option("-f, --follow", "keep printing new lines until Ctrl-C (exit code 130)")
    .action(async (services, options) =>
      (await import("./commands/logs.ts")).logsCommand(context, services, options),
    );
  addProjectCommands(context, { aboutProject, withStart });
  addInitCommand(program, context);
  addSetCommands(program, context);
  addCompletionCommands(program, context);
  addKeysCommands(program, context);
  addPipelineCommands(program, context);
  withOptions(program.command("doctor"), "engine")
    .description("show what is installed, what is missing and how to get it")
    .option("--json", "print the findings as one line of JSON")
    .action(async (options) =>
      (await import("./commands/doctor.ts")).doctorCommand(context, options),
    );
  program
    .command("lint")
    .description(
      "find unsafe settings, and settings without effect, in a Lago checkout and its .env file",
    )
    .argument("[path]", "folder of Lago's compose file", ".")
    .option("-f, --file <name...>", "compose files, relative to the folder")
    .option("--profile <name...>", "compose profiles to switch on")
    .option("--env-file <file>", "file of NAME=value lines (default: .env in the folder)")
    .option("--allow <name...>", "accept findings, named as check:field")
    .option("--json", "print the findings as one line of JSON")
    .action(async (path, options) =>
      (await import("./commands/lint.ts")).lintCommand(context, path, options),
    );
  return program;
}
