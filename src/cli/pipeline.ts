/** `pipeline preview`, `deploy` and `drift`: what a step of a pipeline does, whatever runs it. */
import { appendFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { DeployError } from "../errors.ts";
import { DEFAULT_STACK_LOCK_TIMEOUT_SECONDS, deployStep } from "../pipeline/deploy.ts";
import type { PipelineStep } from "../pipeline/outcome.ts";
import { driftStep, previewStep } from "../pipeline/preview.ts";
import { type Report, reportJson } from "../pipeline/report.ts";
import { reportMarkdown } from "../pipeline/report-markdown.ts";
import { reportText } from "../pipeline/report-text.ts";
import type { PipelineRun } from "../pipeline/run.ts";
import { exitCodeOf, PIPELINE_EXIT_CODES } from "./exit-codes.ts";
import { wholeNumber } from "./numbers.ts";
import type { Session } from "./session.ts";

/** A file that GitHub shows as the summary of a job. */
const SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY";

interface PipelineOptions {
  readonly stack: string;
  readonly cwd: string;
  readonly markdown?: string;
  readonly json?: string;
  readonly detailedExitcode?: boolean;
  readonly create?: boolean;
  readonly secretsProvider?: string;
  readonly lockTimeout?: number;
}

/** Adds the commands to the program. */
export function addPipelineCommands(program: Command, session: Session): void {
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
    .action((options) => runStep(session, options, previewStep));
  step("deploy", "do it, one deploy of a stack at a time")
    .option("--create", "make the stack when there is none of that name")
    .option("--secrets-provider <type>", "how a stack that is made encrypts its secrets")
    .option(
      "--lock-timeout <seconds>",
      `how long to wait for another deploy (default: ${DEFAULT_STACK_LOCK_TIMEOUT_SECONDS})`,
      wholeNumber,
    )
    .action((options: PipelineOptions) =>
      runStep(session, options, (run) =>
        deployStep(run, {
          lockTimeoutSeconds: options.lockTimeout,
          create: options.create,
          secretsProvider: options.secretsProvider,
        }),
      ),
    );
  step("drift", "say what is not as the last deploy left it; touch nothing").action((options) =>
    runStep(session, options, driftStep),
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

async function runStep(
  session: Session,
  options: PipelineOptions,
  step: (run: PipelineRun) => Promise<Report>,
): Promise<void> {
  const { output, environment, signal } = session;
  const onProgress = (line: string) => output.note(line);
  const run = { stack: options.stack, folder: options.cwd, environment, signal, onProgress };
  requireWritable(options, environment);
  const report = await step(run);
  deliver(session, options, report);
  process.exitCode = exitCodeFor(report, options);
}

function exitCodeFor({ step, outcome, error }: Report, { detailedExitcode }: PipelineOptions) {
  if (error !== undefined) {
    return exitCodeOf(error);
  }
  const isDetail = step === "preview" && (outcome === "changes" || outcome === "drift");
  return isDetail && detailedExitcode !== true ? 0 : PIPELINE_EXIT_CODES[outcome];
}

/** A report that cannot be written has to be known of before a deploy and not after it. */
function requireWritable({ markdown, json }: PipelineOptions, environment: Session["environment"]) {
  for (const file of [markdown, json]) {
    if (file !== undefined) {
      writing(file, () => writeFileSync(file, ""));
    }
  }
  const summary = environment[SUMMARY_VARIABLE];
  if (summary) {
    writing(summary, () => appendFileSync(summary, ""));
  }
}

function deliver(session: Session, options: PipelineOptions, report: Report): void {
  const markdown = reportMarkdown(report);
  const summary = session.environment[SUMMARY_VARIABLE];
  session.output.result(reportText(report));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(reportJson(report), undefined, 2)}\n`);
  }
  if (options.markdown !== undefined) {
    writeFileSync(options.markdown, `${markdown}\n`);
  }
  if (summary) {
    appendFileSync(summary, `${markdown}\n\n`);
  }
}

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DeployError(
      "InvalidConfig",
      `The report cannot be written to ${file} (${code}). Nothing was touched. Name a file in a folder that exists and that you may write to.`,
      { cause: error },
    );
  }
}
