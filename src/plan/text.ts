/** Plans as text for a terminal. */

import { table } from "../text/table.ts";
import { riskAcceptance, riskSetting } from "./accepted-risks.ts";
import { differenceText } from "./differences.ts";
import type { DataRisk, Interruption, Plan, Reason, ServicePlan } from "./types.ts";

/** Most reasons listed for one service. */
const MAX_REASONS = 8;

/** Most characters of the reasons of one service, on one line. */
const MAX_REASON_CHARACTERS = 600;

/**
 * Formats a plan as a table, followed by downtime and risks for data. Reasons of several services
 * are written once.
 *
 * @param stack the stack whose config has the settings. Defaults to settings from elsewhere
 */
export function planText(plan: Plan, stack?: string): string {
  const first = new Map<string, string>();
  const rows = plan.services.map(({ service, action, reasons }) => {
    const why = whyText(reasons);
    const earlier = first.get(why);
    first.set(why, earlier ?? service);
    const isLong = why.length > "the same as ".length + (earlier ?? "").length;
    return [service, action, earlier !== undefined && isLong ? `the same as ${earlier}` : why];
  });
  const interruptions = interruptionLines(plan);
  return [
    headline(plan),
    ...(rows.length === 0 ? [] : ["", table(["SERVICE", "ACTION", "WHY"], rows)]),
    ...(interruptions.length === 0 ? [] : ["", ...interruptions]),
    ...(plan.risks.length === 0 ? [] : ["", ...plan.risks.map((risk) => riskText(risk, stack))]),
  ].join("\n");
}

/**
 * Formats a risk for data on one line, with the way to accept it.
 *
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export function riskText({ name, message, accepted }: DataRisk, stack: string | undefined): string {
  return accepted
    ? `Data at stake, accepted by ${riskSetting(name)}: ${message}.`
    : `DATA AT STAKE: ${message}. To accept: ${riskAcceptance(name, stack)}`;
}

/** Risks for data that nobody has accepted. */
export function openRisks({ risks }: Pick<Plan, "risks">): readonly DataRisk[] {
  return risks.filter(({ accepted }) => !accepted);
}

/**
 * Tells, one line for each fate of requests, which services a start interrupts and for how long.
 *
 * @param nameOf formats the name of a service. Defaults to the name itself
 */
export function interruptionLines(
  { services, downtime }: Plan,
  nameOf: (service: string) => string = (service) => service,
): string[] {
  const timed = ({ service, interruption }: Pick<ServicePlan, "service" | "interruption">) =>
    interruption?.seconds === undefined
      ? nameOf(service)
      : `${nameOf(service)} (about ${interruption.seconds} s)`;
  const listed = (how: Interruption["how"]) =>
    services.filter(({ interruption }) => interruption?.how === how);
  const down = downtime.map(
    (name) => services.find(({ service }) => service === name) ?? { service: name },
  );
  const lines: [string, readonly Pick<ServicePlan, "service" | "interruption">[]][] = [
    ["No request waits, the new container starts first", listed("start first")],
    ["Requests wait at the proxy for a moment", listed("held")],
    ["Down for a moment, in this order", down],
  ];
  const isTimed = lines.some(([, some]) => some.some((one) => one.interruption?.seconds));
  return [
    ...lines.flatMap(([words, some]) =>
      some.length === 0 ? [] : [`${words}: ${some.map(timed).join(", ")}`],
    ),
    ...(isTimed ? ["Times are those of the last start, where one was measured."] : []),
  ];
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
