/** Plans as text for a terminal. */

import { table } from "../text/table.ts";
import { differenceText } from "./differences.ts";
import type { DataRisk, Plan, Reason } from "./types.ts";

/** Most reasons listed for one service. */
const MAX_REASONS = 8;

/** Most characters of the reasons of one service, on one line. */
const MAX_REASON_CHARACTERS = 600;

/** Formats a plan as a table, followed by downtime and risks for data. */
export function planText(plan: Plan): string {
  const rows = plan.services.map((service) => [
    service.service,
    service.action,
    whyText(service.reasons),
  ]);
  return [
    headline(plan),
    ...(rows.length === 0 ? [] : ["", table(["SERVICE", "ACTION", "WHY"], rows)]),
    ...(plan.downtime.length === 0
      ? []
      : ["", `Down for a moment, in this order: ${plan.downtime.join(", ")}`]),
    ...(plan.risks.length === 0 ? [] : ["", ...plan.risks.map(riskText)]),
  ].join("\n");
}

/** Formats a risk for data as one sentence. */
export function riskText({ message }: DataRisk): string {
  return `DATA AT STAKE: ${message}.`;
}

/** Summarizes a plan in one sentence. */
export function headline({ project, services, changes }: Plan): string {
  const counts = new Map<string, number>();
  for (const { action } of services) {
    counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  const what = [...counts].map(([action, count]) => `${count} ${action}`).join(", ");
  return changes
    ? `Project ${project} changes: ${what}.`
    : `Project ${project} is as declared: ${what || "it has no services"}.`;
}

/** Formats the reasons of one service on one line of bounded length; a dash for none. */
export function whyText(reasons: readonly Reason[]): string {
  if (reasons.length === 0) {
    return "-";
  }
  const shown = reasons.slice(0, MAX_REASONS).map(reasonText);
  const more = reasons.length - shown.length;
  const text = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
  return text.length > MAX_REASON_CHARACTERS
    ? `${text.slice(0, MAX_REASON_CHARACTERS).toWellFormed()}...`
    : text;
}

function reasonText(reason: Reason): string {
  return reason.part === "state" ? reason.message : differenceText(reason);
}
