/** Running a pipeline step and reporting on it. */
import { DeployError } from "../errors.ts";
import type { StackOptions } from "../pulumi/cli/run.ts";
import { redactorFor } from "../redaction/redact.ts";
import type { PreviewAssessment } from "./assessment.ts";
import type { Outcome, PipelineStep } from "./outcome.ts";
import { plainError } from "./refusal.ts";
import type { Report } from "./report.ts";
import { environmentSecrets, errorRedactor } from "./secrets.ts";

/** Stack of a step, and the listener for its progress. */
export interface PipelineRun extends StackOptions {
  /** Receives progress, line by line, without secrets. */
  readonly onProgress: (line: string) => void;
}

/** Result of a step. */
export interface StepResult {
  readonly outcome: Outcome;
  readonly assessment?: PreviewAssessment | undefined;
  readonly warnings?: readonly string[];
  /** May hold secrets. */
  readonly errors?: readonly string[];
  readonly notes?: readonly string[];
}

/**
 * Runs a step and makes a report without secrets of its result.
 *
 * @param work calls its argument before anything of the deployment may change
 */
export async function reported(
  step: PipelineStep,
  run: PipelineRun,
  work: (touch: () => void) => Promise<StepResult>,
): Promise<Report> {
  const [startedAt, startMs] = [new Date(), performance.now()];
  let error: DeployError | undefined;
  let touched = false;
  const touch = () => {
    touched = true;
  };
  const { outcome, assessment, ...messages } = await work(touch).catch(
    (thrown: unknown): StepResult => {
      if (!DeployError.isDeployError(thrown)) {
        throw thrown;
      }
      error = thrown;
      return { outcome: "failed", errors: [`${thrown.kind}: ${thrown.message}`] };
    },
  );
  const { warnings = [], errors = [], notes = [] } = messages;
  const redact =
    errors.length > 0 ? await errorRedactor(run) : redactorFor(environmentSecrets(run.environment));
  return {
    step,
    stack: run.stack,
    outcome,
    touched,
    startedAt,
    durationMs: performance.now() - startMs,
    assessment,
    error,
    warnings: warnings.map(redact),
    errors: errors.map((error) => redact(plainError(error))),
    notes: notes.map(redact),
  };
}
