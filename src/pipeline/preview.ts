/** `pipeline preview` and `pipeline drift`: both look, and touch neither the deployment nor the state. */
import { PLAN_FORMAT_VARIABLE, warningsOf } from "../pulumi/cli/plans.ts";
import { parsePreviewOutput } from "../pulumi/cli/preview-output.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { messageText } from "../pulumi/cli/update-events.ts";
import { type Judgement, judge } from "./judgement.ts";
import { isRefusal } from "./refusal.ts";
import type { Report } from "./report.ts";
import { type PipelineRun, type Result, reported } from "./run.ts";

/** A host far away that has to be looked at takes minutes at most: 15. */
const PREVIEW_TIMEOUT_MS = 15 * 60_000;

/** Says what a deploy would do. */
export async function previewStep(run: PipelineRun): Promise<Report> {
  return await reported("preview", run, async () => {
    const result = await lookAtStack(run);
    return { ...result, outcome: result.outcome ?? outcomeOf(result.judgement) };
  });
}

/** Says what is not as the last deploy left it. What is yet to be deployed is no drift. */
export async function driftStep(run: PipelineRun): Promise<Report> {
  return await reported("drift", run, async () => {
    const result = await lookAtStack(run);
    const { judgement } = result;
    const drifted = (judgement?.drift.length ?? 0) > 0;
    return {
      ...result,
      outcome: result.outcome ?? (drifted ? "drift" : "no change"),
      notes: judgement?.changes
        ? ["This checkout is not what is deployed: a deploy would change more than what drifted."]
        : [],
    };
  });
}

function outcomeOf(judgement: Judgement | undefined) {
  return judgement?.changes ? "changes" : judgement?.drift.length ? "drift" : "no change";
}

/** What a look at a stack comes to; without an outcome where that is for the step to judge. */
export interface Look extends Omit<Result, "outcome"> {
  readonly outcome?: "refused" | "failed";
}

/**
 * Runs a preview with refresh. It takes no lock of Pulumi's, and writes nothing.
 *
 * @throws DeployError of kind `CommandExecution` or `Canceled`
 */
export async function lookAtStack(run: PipelineRun): Promise<Look> {
  const environment = { ...run.environment, [PLAN_FORMAT_VARIABLE]: "json" };
  const { exitCode, stdout, stderr } = await runPulumi(
    { ...run, environment },
    ["preview", "--json", "--refresh", "--stack", run.stack],
    { timeoutMs: PREVIEW_TIMEOUT_MS },
  );
  const output = parsePreviewOutput(stdout);
  const warnings = output === undefined ? [] : warningsOf(output);
  if (exitCode !== 0 || output === undefined) {
    const told = (output?.messages ?? []).filter(({ severity }) => severity === "error");
    const errors =
      told.length > 0 ? told.map(({ text }) => messageText(text)) : [messageText(stderr || stdout)];
    return { outcome: isRefusal(errors) ? "refused" : "failed", errors, warnings };
  }
  const judgement = judge(output);
  if (judgement.unknown.length > 0) {
    const names = judgement.unknown.join(", ");
    const error = `The containers of ${names} could not be looked at, so nothing is known of them. \`z-billing-lago doctor\` says whether the Docker engine answers; run the same command again then.`;
    return { outcome: "failed", errors: [error, ...warnings], warnings };
  }
  return { judgement, warnings };
}
