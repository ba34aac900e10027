/** `pipeline preview`, `deploy` and `drift`: what a step of a pipeline does, whatever runs it. */
import type { Command } from "commander";
import { DEFAULT_STACK_LOCK_TIMEOUT_SECONDS, type PipelineStep } from "../../pipeline/outcome.ts";
import type { CommandContext } from "../command-context.ts";
import { wholeNumber } from "../numbers.ts";

/** Adds the commands to the program. */
export function addPipelineCommands(program: Command, context: CommandContext): void {
  const pipeline = program
    .command("pipeline")
    .description("preview, deploy or check a Pulumi stack as a step of a pipeline")
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
  step("preview", "say what a deploy would do to each service, and why; touch nothing")
    .option("--detailed-exitcode", "end with 4 when there are changes and with 3 for drift alone")
    .action(async (options) =>
      (await import("./pipeline-step.ts")).previewCommand(context, options),
    );
  step("deploy", "do it, one deploy of a stack at a time")
    .option("--create", "make the stack when there is none of that name")
    .option("--secrets-provider <type>", "how a stack that is made encrypts its secrets")
    .option(
      "--lock-timeout <seconds>",
      `how long to wait for another deploy (default: ${DEFAULT_STACK_LOCK_TIMEOUT_SECONDS})`,
      wholeNumber,
    )
    .action(async (options) =>
      (await import("./pipeline-step.ts")).deployCommand(context, options),
    );
  step("drift", "say what is not as the last deploy left it; touch nothing").action(
    async (options) => (await import("./pipeline-step.ts")).driftCommand(context, options),
  );
}

const EXIT_CODE_HELP = `
Exit codes of pipeline steps:
  0   preview: nothing refused, also when there are changes; deploy: deployed, or nothing to deploy;
      drift: none
  3   drift: found any; preview with --detailed-exitcode: a deploy would only heal drift
  4   preview with --detailed-exitcode: a deploy would change something
  5   refused: what is to be deployed is at fault; nothing was touched
  6   failed: a deploy did not get to its end, or nothing could be found out
Others are those of \`z-billing-lago --help\`, such as 45 after waiting in vain for another deploy.`;
