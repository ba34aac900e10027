/** The commands and their options. */
import { Command, Option } from "commander";
import { PULL_POLICIES } from "../spec/options.ts";
import { AUTO } from "../spec/wanted-ports.ts";
import type { CommandContext } from "./command-context.ts";
import { addInitCommand } from "./commands/init-options.ts";
import { addKeysCommands } from "./commands/keys.ts";
import { addPipelineCommands } from "./commands/pipeline.ts";
import { addProjectCommands } from "./commands/project-commands.ts";
import { ownVersion } from "./commands/version.ts";
import { addCompletionCommands } from "./completion/commands.ts";
import { withEngineOptions } from "./engine-options.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { intervalSeconds, wholeNumber } from "./numbers.ts";

const EXIT_CODE_HELP = `
Exit codes:
  0  done    1  unexpected error    2  wrong usage    3  drift found
  4 to 6  see \`z-billing-lago pipeline --help\`
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
    withEngineOptions(
      program
        .command(name)
        .description(description)
        .option("-p, --project <name>", "compose project, such as lago-dev (default: from --path)"),
    );

  const command = (name: string, description: string) =>
    aboutProject(name, description).option(
      "--json",
      "print the result, or the error, as one line of JSON",
    );

  const withFiles = (target: Command) =>
    target
      .option("--path <folder>", "folder of Lago's compose file (default: the bundled file)")
      .option("-f, --file <name...>", "compose files, relative to the folder")
      .option("--profile <name...>", "compose profiles to switch on")
      .option("--env-file <file>", "read settings from a file of NAME=value lines")
      .option("--api-port <port>", "host port of the api, or auto", portOrAuto)
      .option("--front-port <port>", "host port of the front, or auto", portOrAuto)
      .option("--address <ip>", "host address to publish on (default: 127.0.0.1)")
      .addOption(
        new Option("--pull-policy <policy>", "when to pull images").choices(PULL_POLICIES),
      );

  const withStart = (target: Command) =>
    withFiles(target)
      .option(
        "--start-timeout <seconds>",
        "seconds to wait until every service is ready (default: 300)",
        wholeNumber,
      )
      .option("--release <tag>", "release of Lago to run, such as v1.50.0 (default: the file's)")
      .option("--allow-unsafe <name...>", "findings to accept although they are not safe")
      .option(
        "--allow-key-change <name...>",
        "keys that may differ from those the data was made with",
      )
      .option(
        "--allow-volume-change <name...>",
        "volumes that the files may leave unused, with their data",
      )
      .addHelpText(
        "after",
        "\nSettings come from the environment and --env-file, never from options.",
      );

  const withLock = (target: Command) =>
    target.option(
      "--lock-timeout <seconds>",
      "seconds to wait for another run on the project (default: 60)",
      wholeNumber,
    );

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
  addCompletionCommands(program, context);
  addKeysCommands(program, context);
  addPipelineCommands(program, context);
  withEngineOptions(program.command("doctor"))
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

/** Parses a port. `auto` is passed on to the deployment, which knows the free ports. */
function portOrAuto(text: string): number | typeof AUTO {
  return text === AUTO ? AUTO : wholeNumber(text);
}
