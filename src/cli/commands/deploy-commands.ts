/** Commands that change what runs, and those that show what would change. */
import { type Command, Option } from "commander";
import type { CommandContext } from "../command-context.ts";
import { ofStack, withStack } from "../stack-options.ts";
import {
  accepts,
  DETACHED,
  REMOVE_ORPHANS,
  withFiles,
  withLock,
  withResult,
  withStart,
  YES,
} from "./builders.ts";

/** Adds `up`, `destroy`, `plan`, `drift`, `restart`, `stop`, `start`, `down` and `pull`. */
export function addDeployCommands(program: Command, context: CommandContext): void {
  const command = (name: string, description: string) => withResult(program, name, description);
  const services = (name: string, description: string) =>
    accepts(withLock(command(name, description)), YES).argument(
      "[service...]",
      `services to ${name} (default: all), behind the stack if you name one`,
    );

  accepts(withLock(withStart(ofStack(command("up", UP)))), ...DETACHED)
    .option("--timings", "print to standard error how long each step took")
    .argument(...FOR_PULUMI)
    .option("--create", "make and select the stack when there is none of that name")
    .option(...YES_TO_ALL)
    .option(...VERBOSE)
    .action(async (stack, args, options) => {
      process.exitCode = await (await import("./up.ts")).upCommand(context, stack, args, options);
    });
  withStack(ofStack(program.command("destroy")))
    .description("take a stack down; data stays")
    .argument(...FOR_PULUMI)
    .option(...YES_TO_ALL)
    .option(...VERBOSE)
    .action(async (stack, args, options) => {
      process.exitCode = await (await import("./destroy.ts")).destroyCommand(
        context,
        stack,
        args,
        options,
      );
    });
  withStart(ofStack(command("plan", "show what up would change, and why; changes nothing")))
    .alias("preview")
    .addOption(
      new Option(
        "--markdown",
        "print the plan as Markdown, for a comment on a pull request",
      ).conflicts("json"),
    )
    .action(async (stack, options) =>
      (await import("./plan.ts")).planCommand(context, stack, options),
    );
  withStart(
    ofStack(command("drift", "show what differs from the last up; changes nothing")),
  ).action(async (stack, options) => {
    process.exitCode = await (await import("./plan.ts")).driftCommand(context, stack, options);
  });
  services("restart", "restart services").action(async (names, options) =>
    (await import("./down.ts")).restartCommand(context, names, options),
  );
  services("stop", "stop services; containers and data stay").action(async (names, options) =>
    (await import("./stop-start.ts")).stopCommand(context, names, options),
  );
  services("start", "start stopped services, and wait until they are ready").action(
    async (names, options) =>
      (await import("./stop-start.ts")).startCommand(context, names, options),
  );
  accepts(
    withLock(command("down", "remove containers and networks; data stays")),
    REMOVE_ORPHANS,
    YES,
  )
    .option("--remove-volumes <project>", "remove this project's volumes too, and ALL ITS DATA")
    .addOption(new Option("-v, --volumes").hideHelp())
    .action(async (options) => (await import("./down.ts")).downCommand(context, options));
  accepts(withFiles(ofStack(command("pull", "pull the images"))), YES).action(
    async (stack, options) => (await import("./up.ts")).pullCommand(context, stack, options),
  );
}

const UP = "deploy a stack, and wait until every service is ready";

const FOR_PULUMI = ["[arguments...]", "arguments for Pulumi, behind --"] as const;
const YES_TO_ALL = ["-y, --yes", "ask nothing: for pipelines"] as const;
const VERBOSE = ["--verbose", "show Pulumi's own output"] as const;
