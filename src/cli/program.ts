/** The commands and their options. */
import { Command, Option } from "commander";
import { addEverydayCommands } from "./commands/everyday.ts";
import { addKeysCommands } from "./commands/keys.ts";
import { addPipelineCommands } from "./commands/pipeline.ts";
import { ownVersion } from "./commands/version.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { intervalSeconds, wholeNumber } from "./numbers.ts";
import type { Session } from "./session.ts";
import { withOptions } from "./setting-options.ts";

const EXIT_CODE_HELP = `
Exit codes:
  0  done    1  unexpected fault    2  wrong usage    3  drift found
  4 to 6  see \`z-billing-lago pipeline --help\`
${Object.entries(EXIT_CODES)
  .map(([kind, code]) => `  ${String(code).padEnd(3)} ${kind}`)
  .join("\n")}`;

/**
 * The whole command line: every command with its options. What a command does is loaded when it is
 * called, so that help and looking are quick.
 */
export function createProgram(session: Session): Command {
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
    .option("--timings", "say on standard error what the time was spent on")
    .action(async (options) => (await import("./commands/up.ts")).upCommand(session, options));
  withStart(command("plan", "say what up would do to each service, and why; touch nothing"))
    .addOption(
      new Option("--markdown", "print it as Markdown, for a comment on a pull request").conflicts(
        "json",
      ),
    )
    .option("-s, --stack <name>", "Pulumi stack whose preview says it, instead of these options")
    .option("--cwd <folder>", "folder of the Pulumi program (default: this one)")
    .action(async (options) => (await import("./commands/plan.ts")).planCommand(session, options));
  withStart(command("drift", "say what is not as up would leave it; touch nothing")).action(
    async (options) => {
      process.exitCode = await (await import("./commands/plan.ts")).driftCommand(session, options);
    },
  );
  withFiles(command("pull", "pull the images")).action(async (options) =>
    (await import("./commands/up.ts")).pullCommand(session, options),
  );
  withLock(command("down", "remove containers and networks; data stays"))
    .option("--remove-volumes <project>", "remove this project's volumes too, and ALL ITS DATA")
    .addOption(new Option("--volumes").hideHelp())
    .action(async (options) => (await import("./commands/down.ts")).downCommand(session, options));
  withLock(command("restart", "restart services"))
    .argument("[service...]", "services to restart (default: all)")
    .action(async (services, options) =>
      (await import("./commands/down.ts")).restartCommand(session, services, options),
    );
  command("status", "show what the services do")
    .option("-w, --watch", "go on until Ctrl-C, which ends it with exit code 130")
    .option("--interval <seconds>", "time between two looks of --watch", intervalSeconds, 2)
    .action(async (options) =>
      (await import("./commands/status.ts")).statusCommand(session, options),
    );
  command("logs", "show the last log lines")
    .argument("[service...]", "services whose logs to show (default: all)")
    .option("-n, --tail <lines>", "number of lines a container", wholeNumber, 100)
    .option("--since <time>", "leave out older ones: 10m, 2h or 2026-01-31T12:00:00Z")
    .option("-f, --follow", "go on with what comes until Ctrl-C, which ends it with exit code 130")
    .action(async (services, options) =>
      (await import("./commands/logs.ts")).logsCommand(session, services, options),
    );
  addEverydayCommands(program, session, { aboutProject, withStart });
  addKeysCommands(program, session);
  addPipelineCommands(program, session);
  withOptions(program.command("doctor"), "engine")
    .description("say what is installed, what is missing and how to get it")
    .option("--json", "print the findings as one line of JSON")
    .action(async (options) =>
      (await import("./commands/doctor.ts")).doctorCommand(session, options),
    );
  program
    .command("lint")
    .description("say what is not safe, or has no effect, in a Lago checkout and its .env file")
    .argument("[path]", "folder of Lago's compose file", ".")
    .option("-f, --file <name...>", "compose files, relative to the folder")
    .option("--profile <name...>", "compose profiles to switch on")
    .option("--env-file <file>", "file of NAME=value lines (default: .env in the folder)")
    .option("--allow <name...>", "accept findings, named as check:field")
    .option("--json", "print the findings as one line of JSON")
    .action(async (path, options) =>
      (await import("./commands/lint.ts")).lintCommand(session, path, options),
    );
  return program;
}
