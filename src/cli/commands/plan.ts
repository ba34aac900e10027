/** `plan` and `drift`: what a start would do, and what is not as declared. Both touch nothing. */

import { planOf, planSubject } from "../../deployment/plan.ts";
import { requireSafe } from "../../deployment/safety.ts";
import { DeployError, type DeployErrorKind } from "../../errors.ts";
import { type Drift, driftOf } from "../../plan/drift.ts";
import { planMarkdown } from "../../plan/markdown.ts";
import { planText } from "../../plan/text.ts";
import type { Plan } from "../../plan/types.ts";
import { previewStack } from "../../pulumi/cli/plans.ts";
import { table } from "../../text/table.ts";
import type { CommandContext } from "../command-context.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { errorText } from "../output/output.ts";
import type { TargetOptions } from "../target.ts";
import { targetDeployment, targetSpec } from "../target-deployment.ts";

/** Exit code of `drift` when it finds any. */
export const DRIFT_EXIT_CODE = 3;

/** Kinds of failure after which nothing is known of the deployment. */
const OUT_OF_REACH: readonly DeployErrorKind[] = [
  "DockerNotAvailable",
  "DaemonUnreachable",
  "DeadlineExceeded",
];

interface PlanOptions extends TargetOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly stack?: string;
  readonly cwd?: string;
}

/**
 * `plan`: prints what a start would do to each service, as text, JSON or Markdown.
 *
 * @throws DeployError of kind `UnsafeConfig`, or of those that {@link planOf} throws; with a stack, of
 *   those that {@link previewStack} throws
 */
export async function planCommand(context: CommandContext, options: PlanOptions): Promise<void> {
  if (options.stack !== undefined) {
    await stackPlanCommand(context, options, options.stack);
    return;
  }
  const deployment = await targetDeployment(options, context.environment, {
    signal: context.signal,
    onProgress: ({ message }) => context.output.note(message),
  });
  await requireSafe(deployment);
  const plan = await planOf(deployment);
  context.output.result(options.json === true ? JSON.stringify(plan) : formOf(options)(plan));
}

async function stackPlanCommand(context: CommandContext, options: PlanOptions, stack: string) {
  const { environment, signal } = context;
  const preview = await previewStack({ stack, folder: options.cwd ?? ".", environment, signal });
  const { plans, warnings } = preview;
  for (const warning of warnings) {
    context.output.note(`warning: ${warning}`);
  }
  context.output.result(
    options.json === true
      ? JSON.stringify({ stack, ...preview })
      : plans.map(formOf(options)).join("\n\n") || `Stack ${stack} deploys no Lago.`,
  );
}

function formOf({ markdown }: PlanOptions): (plan: Plan) => string {
  return markdown === true ? planMarkdown : planText;
}

/**
 * `drift`: prints what is not as a start would leave it. An engine that cannot be asked makes it
 * unknown, which is no drift.
 *
 * @returns the exit code: 0, {@link DRIFT_EXIT_CODE}, or that of the failure to ask
 * @throws DeployError of the kinds that {@link planOf} throws when the fault is not the engine's
 */
export async function driftCommand(
  context: CommandContext,
  options: TargetOptions & { readonly json?: boolean },
): Promise<number> {
  const project = targetSpec(options, context.environment).projectName;
  try {
    const calls = { signal: context.signal };
    const deployment = await targetDeployment(options, context.environment, calls);
    const drift = driftOf(await planSubject(deployment));
    const state = drift.length === 0 ? "as declared" : "drifted";
    context.output.result(
      options.json === true ? JSON.stringify({ project, state, drift }) : driftText(project, drift),
    );
    return drift.length === 0 ? 0 : DRIFT_EXIT_CODE;
  } catch (error) {
    // An engine that cannot be asked tells nothing: least of all that everything is gone.
    if (DeployError.isDeployError(error) && OUT_OF_REACH.includes(error.kind)) {
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

function driftText(project: string, drift: readonly Drift[]): string {
  if (drift.length === 0) {
    return `Project ${project} is as declared.`;
  }
  const rows = drift.map(({ kind, subject, message }) => [subject, kind, message]);
  return `Project ${project} has drifted:\n\n${table(["SUBJECT", "DRIFT", "WHAT"], rows)}`;
}
