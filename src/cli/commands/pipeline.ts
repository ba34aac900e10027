/** `pipeline preview`, `deploy` and `drift`: the steps of a pipeline, for any CI. */
import type { Command } from "commander";
import { DEFAULT_STACK_LOCK_TIMEOUT_SECONDS, type PipelineStep } from "../../pipeline/outcome.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { wholeNumber } from "../numbers.ts";

/** Adds the pipeline commands to the program. */
export function addPipelineCommands(program: Command, context: CommandContext): void {
  const pipeline = program
    .command("pipeline")
    .description("preview, deploy or check a stack in a CI job")
    .addHelpText("after", EXIT_CODE_HELP);
  const step = (name: PipelineStep, description: string) =>
    pipeline
      .command(name)
      .description(description)
      .requiredOption("-s, --stack <name>", "Pulumi stack")
      .option("--cwd <folder>", "folder of the Pulumi program", ".")
      .option("--markdown <file>", "write the report as Markdown, for a comment or an issue")
      .option("--json <file>", "write the report as JSON")
      .addHelpText("after", EXIT_CODE_HELP);
  step("preview", "report what a deploy would change (a person types `plan`)")
    .option("--detailed-exitcode", "end with 4 when there are changes and with 3 for drift alone")
    .action(async (options) =>
      (await import("./pipeline-step.ts")).pipelinePreview(context, options),
    );
  step("deploy", "deploy, one deploy of a stack at a time (a person types `up`)")
    .option("--create", "make the stack when there is none of that name")
    .option("--secrets-provider <type>", "secrets provider of a new stack")
    .option(
      "--lock-timeout <seconds>",
      `longest wait for another deploy (default: ${DEFAULT_STACK_LOCK_TIMEOUT_SECONDS})`,
      wholeNumber,
    )
    .action(async (options) =>
      (await import("./pipeline-step.ts")).pipelineDeploy(context, options),
    );
  step("drift", "report what differs from the last deploy (a person types `drift`)").action(
    async (options) => (await import("./pipeline-step.ts")).pipelineDrift(context, options),
  );
}

const EXIT_CODE_HELP = `
Exit codes of pipeline steps:
  0   preview: not refused, with or without changes; deploy: deployed, or nothing to deploy;
      drift: none
  3   drift: found; preview with --detailed-exitcode: a deploy would only heal drift
  4   preview with --detailed-exitcode: a deploy would change something
  5   refused: the program or its config is not valid; nothing was touched
  6   failed: a deploy did not finish, or the state could not be read
\`${zbl("exit-codes")}\` lists the others, such as 45 when another deploy did not end in time.`;
