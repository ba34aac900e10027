/** `plan` and `drift`: the effects of a start, and differences from the declaration. Both touch nothing. */

import { planInput, planOf } from "../../deployment/plan.ts";
import { requireNoConflicts } from "../../deployment/preflight.ts";
import { requireSafe } from "../../deployment/safety.ts";
import { DeployError, type DeployErrorKind } from "../../errors.ts";
import { driftStep, previewWithRefresh } from "../../pipeline/preview.ts";
import { errorKindIn } from "../../pipeline/refusal.ts";
import { reportJson, withSettings } from "../../pipeline/report.ts";
import { reportText } from "../../pipeline/report-text.ts";
import { shownErrors } from "../../pipeline/secrets.ts";
import { driftOf } from "../../plan/drift.ts";
import { planMarkdown } from "../../plan/markdown.ts";
import { planText } from "../../plan/text.ts";
import type { Drift, Plan } from "../../plan/types.ts";
import { table } from "../../text/table.ts";
import type { CommandContext } from "../command-context.ts";
import { DRIFT_EXIT_CODE, exitCodeOf, PIPELINE_EXIT_CODES } from "../exit-codes.ts";
import { stackOrDescription } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { errorText } from "../output/output.ts";
import type { StackTarget } from "../stack-target.ts";
import { targetDeployment, targetSpec } from "../target-deployment.ts";

/** Kinds of errors that leave the state of the deployment unknown. */
const UNKNOWN_STATE: readonly DeployErrorKind[] = [
  "DockerNotAvailable",
  "DaemonUnreachable",
  "DeadlineExceeded",
];

interface PlanOptions extends NamedTarget {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/**
 * Runs `plan`: prints the effect of a start on each service, as text, JSON or Markdown.
 *
 * @throws DeployError of kind `UnsafeConfig`, or of the kinds that {@link requireNoConflicts} and
 *   {@link planOf} throw; with a stack,
 *   of the kind that the preview's first error names, or `CommandFailed`
 */
export async function planCommand(
  context: CommandContext,
  word: string | undefined,
  options: PlanOptions,
): Promise<void> {
  const target = await stackOrDescription(context, options, word);
  if (target !== undefined) {
    await stackPlanCommand(context, options, target);
    return;
  }
  const deployment = await targetDeployment(options, context.environment, {
    signal: context.signal,
    onProgress: ({ message }) => context.output.note(message),
  });
  await requireSafe(deployment);
  await requireNoConflicts(deployment);
  const plan = await planOf(deployment);
  context.output.result(options.json === true ? JSON.stringify(plan) : formOf(options)(plan));
}

async function stackPlanCommand(
  context: CommandContext,
  options: PlanOptions,
  target: StackTarget,
) {
  const { stack } = target;
  const preview = await previewWithRefresh({ ...target, onProgress: context.output.note });
  const { assessment, errors = [], warnings = [] } = preview;
  if (assessment === undefined) {
    throw await refusedPreview(target, errors);
  }
  const { plans } = assessment;
  const text = plans.map(formOf(options, stack)).join("\n\n");
  // The plan itself says what is at stake.
  for (const warning of warnings.filter((one) => !text.includes(one))) {
    context.output.note(`warning: ${warning}`);
  }
  context.output.result(
    options.json === true
      ? JSON.stringify({ stack, plans, warnings })
      : text || `Stack ${stack} deploys no Lago.`,
  );
}

/** Makes one error of those that ended a preview, each once, without secrets. */
async function refusedPreview(
  target: StackTarget,
  errors: readonly string[],
): Promise<DeployError> {
  const kind = errorKindIn(errors) ?? "CommandFailed";
  const text = (await shownErrors(target, errors)).join("\n").trim();
  return new DeployError(kind, text.replace(`${kind}: `, ""));
}

function formOf({ markdown }: PlanOptions, stack?: string): (plan: Plan) => string {
  return markdown === true ? planMarkdown : (plan) => planText(withSettings(plan), stack);
}

/**
 * Runs `drift`: prints how the deployment differs from its declaration. Without an answer of the engine
 * the state is unknown, which is no drift.
 *
 * @returns exit code: 0, {@link DRIFT_EXIT_CODE}, or the code of the engine's failure
 * @throws DeployError of the kinds that {@link planOf} throws, except those of an engine without answer
 */
export async function driftCommand(
  context: CommandContext,
  word: string | undefined,
  options: NamedTarget & { readonly json?: boolean },
): Promise<number> {
  const target = await stackOrDescription(context, options, word);
  if (target !== undefined) {
    return await stackDriftCommand(context, options, target);
  }
  const project = targetSpec(options, context.environment).projectName;
  try {
    const calls = { signal: context.signal };
    const deployment = await targetDeployment(options, context.environment, calls);
    const drift = driftOf(await planInput(deployment));
    const state = drift.length === 0 ? "as declared" : "drifted";
    context.output.result(
      options.json === true ? JSON.stringify({ project, state, drift }) : driftText(project, drift),
    );
    return drift.length === 0 ? 0 : DRIFT_EXIT_CODE;
  } catch (error) {
    // Without an answer of the engine nothing is known; services must not count as gone.
    if (DeployError.isDeployError(error) && UNKNOWN_STATE.includes(error.kind)) {
      context.output.result(
        options.json === true
          ? JSON.stringify({ project, state: "unknown", drift: [] })
          : `Project ${project}: drift is unknown, since the Docker engine cannot be asked.`,
      );
      context.output.note(errorText(error));
      return exitCodeOf(error);
    }
    throw error;
  }
}

/** Compares a stack with its last deploy, by a preview that changes nothing. */
async function stackDriftCommand(
  { output }: CommandContext,
  { json }: { readonly json?: boolean },
  target: StackTarget,
): Promise<number> {
  const report = await driftStep({ ...target, onProgress: output.note });
  output.result(json === true ? JSON.stringify(reportJson(report)) : reportText(report));
  return report.error === undefined
    ? PIPELINE_EXIT_CODES[report.outcome]
    : exitCodeOf(report.error);
}

function driftText(project: string, drift: readonly Drift[]): string {
  if (drift.length === 0) {
    return `Project ${project} is as declared.`;
  }
  const rows = drift.map(({ kind, subject, message }) => [subject, kind, message]);
  return `Project ${project} has drifted:\n\n${table(["SUBJECT", "DRIFT", "WHAT"], rows)}`;
}
