/** What all steps of a pipeline share. */
import { DeployError } from "../errors.ts";
import type { StackOptions } from "../pulumi/cli/run.ts";
import { redactorFor } from "../redaction/redact.ts";
import type { Judgement } from "./judgement.ts";
import type { Outcome, PipelineStep } from "./outcome.ts";
import { plainError } from "./refusal.ts";
import type { Report } from "./report.ts";
import { environmentSecrets, errorRedactor } from "./secrets.ts";

/** A step on a stack. */
export interface PipelineRun extends StackOptions {
  /** Told what goes on, line by line, without secrets. */
  readonly onProgress: (line: string) => void;
}

/** What a step came to. */
export interface Result {
  readonly outcome: Outcome;
  readonly judgement?: Judgement | undefined;
  readonly warnings?: readonly string[];
  /** May hold secrets. */
  readonly errors?: readonly string[];
  readonly notes?: readonly string[];
}

/**
 * Makes a report of what a step came to, and takes secrets out of it.
 *
 * @param work calls what it is given before anything of the deployment may change
 */
export async function reported(
  step: PipelineStep,
  run: PipelineRun,
  work: (touch: () => void) => Promise<Result>,
): Promise<Report> {
  const [startedAt, startMs] = [new Date(), performance.now()];
  let error: DeployError | undefined;
  let touched = false;
  const touch = () => {
    touched = true;
  };
  const { outcome, judgement, ...said } = await work(touch).catch((thrown: unknown): Result => {
    if (!DeployError.isDeployError(thrown)) {
      throw thrown;
    }
    error = thrown;
    return { outcome: "failed", errors: [`${thrown.kind}: ${thrown.message}`] };
  });
  const { warnings = [], errors = [], notes = [] } = said;
  const redact =
    errors.length > 0 ? await errorRedactor(run) : redactorFor(environmentSecrets(run.environment));
  return {
    step,
    stack: run.stack,
    outcome,
    touched,
    startedAt,
    durationMs: performance.now() - startMs,
    judgement,
    error,
    warnings: warnings.map(redact),
    errors: errors.map((error) => redact(plainError(error))),
    notes: notes.map(redact),
  };
}
