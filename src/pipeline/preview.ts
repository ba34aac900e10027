/** `pipeline preview` and `pipeline drift`. Both change neither the deployment nor the state. */

import { plainMessage } from "../pulumi/cli/diagnostics.ts";
import { NO_PLAN, PLAN_FORMAT_VARIABLE, warningsOf } from "../pulumi/cli/plans.ts";
import { parsePreviewDigest } from "../pulumi/cli/preview-digest.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { zbl } from "../text/zbl.ts";
import { assessPreview, type PreviewAssessment } from "./assessment.ts";
import { type PlannedDeployment, plannedDeployments } from "./deployments.ts";
import { isRefusal } from "./refusal.ts";
import type { Report } from "./report.ts";
import { type PipelineRun, reported, type StepResult } from "./run.ts";

/** Longest preview, also of a distant host: 15 minutes. */
const PREVIEW_TIMEOUT_MS = 15 * 60_000;

/** Reports the changes that a deploy would make. */
export async function previewStep(run: PipelineRun): Promise<Report> {
  return await reported("preview", run, async () => {
    const result = await previewWithRefresh(run);
    return { ...result, outcome: result.outcome ?? outcomeOf(result.assessment) };
  });
}

/** Reports drift since the last deploy. Changes that are still to be deployed are no drift. */
export async function driftStep(run: PipelineRun): Promise<Report> {
  return await reported("drift", run, async () => {
    const result = await previewWithRefresh(run);
    const { assessment } = result;
    const drifted = (assessment?.drift.length ?? 0) > 0;
    return {
      ...result,
      outcome: result.outcome ?? (drifted ? "drift" : "no change"),
      notes: assessment?.changes
        ? ["This checkout is not what is deployed: a deploy would change more than what drifted."]
        : [],
    };
  });
}

function outcomeOf(assessment: PreviewAssessment | undefined) {
  return assessment?.changes ? "changes" : assessment?.drift.length ? "drift" : "no change";
}

/** Result of a preview. A preview that succeeded has no outcome yet: the step decides. */
export interface PreviewResult extends Omit<StepResult, "outcome"> {
  readonly outcome?: "refused" | "failed";
  /** Deployments that the program declares; absent where the preview failed. */
  readonly deployments?: readonly PlannedDeployment[];
}

/**
 * Runs a preview with refresh and assesses it. Takes no lock of Pulumi's and writes nothing.
 *
 * @throws DeployError of kind `CommandExecution` or `Canceled`
 */
export async function previewWithRefresh(run: PipelineRun): Promise<PreviewResult> {
  const environment = { ...run.environment, [PLAN_FORMAT_VARIABLE]: "json" };
  const { exitCode, stdout, stderr } = await runPulumi(
    { ...run, environment },
    ["preview", "--json", "--refresh", "--stack", run.stack],
    { timeoutMs: PREVIEW_TIMEOUT_MS },
  );
  const digest = parsePreviewDigest(stdout);
  const warnings = digest === undefined ? [] : warningsOf(digest);
  if (exitCode !== 0 || digest === undefined) {
    const failures = (digest?.diagnostics ?? []).filter(({ severity }) => severity === "error");
    const errors =
      failures.length > 0
        ? failures.map(({ message }) => plainMessage(message))
        : [plainMessage(stderr || stdout)];
    return { outcome: isRefusal(errors) ? "refused" : "failed", errors, warnings };
  }
  const assessment = assessPreview(digest);
  if (assessment.unknown.length > 0) {
    const names = assessment.unknown.join(", ");
    const error = `The containers of ${names} could not be inspected, so their state is unknown. Run \`${zbl("doctor")}\` to see whether the Docker engine answers, then run this command again.`;
    const causes = warnings.filter((text) => text.startsWith(NO_PLAN));
    return { outcome: "failed", errors: [error, ...causes], warnings };
  }
  return { assessment, warnings, deployments: plannedDeployments(digest) };
}
