/** Runs a step of a pipeline and delivers its report. */
import { appendFileSync, writeFileSync } from "node:fs";
import { DeployError } from "../../errors.ts";
import { deployStep } from "../../pipeline/deploy.ts";
import { driftStep, previewStep } from "../../pipeline/preview.ts";
import { type Report, reportJson } from "../../pipeline/report.ts";
import { reportMarkdown } from "../../pipeline/report-markdown.ts";
import { reportText } from "../../pipeline/report-text.ts";
import type { PipelineRun } from "../../pipeline/run.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOf, PIPELINE_EXIT_CODES } from "../exit-codes.ts";

/** Environment variable with the file that GitHub shows as the summary of a job. */
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

/** Runs `pipeline preview`. */
export function pipelinePreview(context: CommandContext, options: PipelineOptions): Promise<void> {
  return runStep(context, options, previewStep);
}

/** Runs `pipeline deploy`. */
export function pipelineDeploy(context: CommandContext, options: PipelineOptions): Promise<void> {
  const { lockTimeout: lockTimeoutSeconds, create, secretsProvider } = options;
  return runStep(context, options, (run) =>
    deployStep(run, { lockTimeoutSeconds, create, secretsProvider }),
  );
}

/** Runs `pipeline drift`. */
export function pipelineDrift(context: CommandContext, options: PipelineOptions): Promise<void> {
  return runStep(context, options, driftStep);
}

async function runStep(
  context: CommandContext,
  options: PipelineOptions,
  step: (run: PipelineRun) => Promise<Report>,
): Promise<void> {
  const { output, environment, signal } = context;
  const onProgress = (line: string) => output.note(line);
  const run = { stack: options.stack, folder: options.cwd, environment, signal, onProgress };
  requireWritable(options, environment);
  const report = await step(run);
  deliver(context, options, report);
  process.exitCode = exitCodeFor(report, options);
}

function exitCodeFor({ step, outcome, error }: Report, { detailedExitcode }: PipelineOptions) {
  if (error !== undefined) {
    return exitCodeOf(error);
  }
  const isDetail = step === "preview" && (outcome === "changes" || outcome === "drift");
  return isDetail && detailedExitcode !== true ? 0 : PIPELINE_EXIT_CODES[outcome];
}

/** Checks before a deploy that its report can be written. */
function requireWritable(
  { markdown, json }: PipelineOptions,
  environment: CommandContext["environment"],
) {
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

function deliver(context: CommandContext, options: PipelineOptions, report: Report): void {
  const markdown = reportMarkdown(report);
  const summary = context.environment[SUMMARY_VARIABLE];
  context.output.result(reportText(report));
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
