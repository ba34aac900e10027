/** Text of the changes that a deploy makes, for the person who is asked. */
import type { PreviewAssessment } from "../pipeline/assessment.ts";
import { otherText, withSettings } from "../pipeline/report.ts";
import { planText } from "../plan/text.ts";
import type { Plan } from "../plan/types.ts";
import { andMore } from "../text/list.ts";
import type { StackDeployment } from "./state.ts";

/** Most services and other resources that are named. */
const MAX_NAMED = 50;

/**
 * Formats the plans of a preview, and the changes to other resources of the program.
 *
 * @param undeclared deployments that the program no longer declares
 * @param stack name of the stack, for the commands that accept risks
 */
export function changesText(
  { plans, others }: PreviewAssessment,
  undeclared: readonly StackDeployment[] = [],
  stack?: string,
): string {
  const rest = others.map(otherText);
  return [
    ...plans.map((plan) => (isNew(plan) ? newText(plan) : planText(withSettings(plan), stack))),
    ...undeclared.map(undeclaredText),
    ...(rest.length === 0 ? [] : [`Other resources of the program: ${andMore(rest, MAX_NAMED)}.`]),
  ].join("\n\n");
}

/** Whether a plan does nothing but to create all services, which a table would only repeat. */
function isNew({ services, risks }: Plan): boolean {
  return (
    services.length > 0 &&
    risks.length === 0 &&
    services.every(({ action, reasons }) => action === "created" && reasons.length === 0)
  );
}

function newText({ project, services }: Plan): string {
  const names = services.map(({ service }) => service);
  const count = names.length === 1 ? "1 new service" : `${names.length} new services`;
  return `Project ${project} gets ${count}: ${andMore(names, MAX_NAMED)}.`;
}

function undeclaredText({ projectName, removesVolumes }: StackDeployment): string {
  const data = removesVolumes ? "ALL ITS DATA IS LOST" : "its data stays in its volumes";
  return `Project ${projectName} is no longer declared: its services are removed, and ${data}.`;
}
