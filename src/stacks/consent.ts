/** Judges whether a person has to agree to a deploy. */
import type { PreviewAssessment } from "../pipeline/assessment.ts";
import type { StackDeployment, StackState } from "./state.ts";

/** Facts about a deploy. */
export interface ConsentInput {
  readonly assessment: Pick<PreviewAssessment, "plans" | "changes" | "others">;
  /** State before the deploy. */
  readonly before: Pick<StackState, "isEmpty" | "deployments">;
  /** Whether any service of the stack's projects runs; undefined where an engine did not answer. */
  readonly isRunning: boolean | undefined;
  /** Whether Pulumi gets further arguments, whose effect the preview does not show. */
  readonly hasArguments: boolean;
}

/**
 * Whether a deploy changes something that may be in use. A first start, going on with one, and the
 * healing of drift that stops nothing need no consent.
 */
export function needsConsent(input: ConsentInput): boolean {
  const { assessment, before, isRunning, hasArguments } = input;
  // An engine that did not answer may run anything.
  const mayRun = isRunning !== false;
  if (before.deployments.some(({ wasDeployed }) => wasDeployed)) {
    const changes = changesServices(assessment) || stopsServices(assessment) || hasArguments;
    const isGone = undeclaredDeployments(before, assessment).length > 0;
    return (mayRun && (changes || isGone)) || assessment.others.length > 0;
  }
  // A stack whose state was lost takes over what runs.
  return before.isEmpty && mayRun && stopsServices(assessment);
}

/** Collects the deployments that the program no longer declares, so that a deploy removes them. */
export function undeclaredDeployments(
  { deployments }: Pick<StackState, "deployments">,
  { plans }: Pick<PreviewAssessment, "plans">,
): StackDeployment[] {
  return deployments.filter((one) => !plans.some(({ project }) => project === one.projectName));
}

/** Whether the program or its config changed in a way that the services notice. */
function changesServices({ changes, plans }: Pick<PreviewAssessment, "changes" | "plans">) {
  return changes && plans.some((plan) => plan.changes);
}

/** Whether any service stops, for a moment or for good. */
function stopsServices({ plans }: Pick<PreviewAssessment, "plans">): boolean {
  return plans.some(({ services }) =>
    services.some(({ downtime, action }) => downtime || action === "removed"),
  );
}
