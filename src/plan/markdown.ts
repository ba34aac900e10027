/** Plans as Markdown, for a comment on a pull request. */

import { riskSetting } from "./accepted-risks.ts";
import { headline, interruptionLines, whyText } from "./text.ts";
import type { DataRisk, Plan, ServicePlan } from "./types.ts";

/** Formats a plan as Markdown: services that change in a table, the others on one line. No secrets. */
export function planMarkdown(plan: Plan): string {
  const changing = plan.services.filter(({ action }) => action !== "stays");
  const staying = plan.services.filter(({ action }) => action === "stays");
  return [
    `### ${escapeMarkdown(headline(plan))}`,
    ...(plan.risks.length === 0 ? [] : ["", ...plan.risks.map(riskMarkdown)]),
    ...(changing.length === 0 ? [] : ["", ...tableOf(changing)]),
    ...(staying.length === 0 ? [] : ["", `Stays as it is: ${listed(staying.map(nameOf))}`]),
    ...interruptionLines(plan, code).flatMap((line) => ["", line]),
  ].join("\n");
}

function riskMarkdown({ name, message, accepted }: DataRisk): string {
  const accepts = escapeMarkdown(riskSetting(name));
  return accepted
    ? `> Data at stake, accepted by ${accepts}: ${escapeMarkdown(message)}.`
    : `> **Data at stake:** ${escapeMarkdown(message)}. To accept: ${accepts}`;
}

function tableOf(services: readonly ServicePlan[]): string[] {
  return [
    "| service | action | why |",
    "| --- | --- | --- |",
    ...services.map(
      (service) =>
        `| ${code(service.service)} | ${service.action} | ${escapeMarkdown(whyText(service.reasons))} |`,
    ),
  ];
}

function nameOf({ service }: ServicePlan): string {
  return service;
}

function listed(names: readonly string[]): string {
  return names.map(code).join(", ");
}

/** Formats a name as code. Nothing can be escaped inside code, so special characters are replaced. */
export function code(name: string): string {
  return `\`${name.replace(/[`|\s]/g, "?") || "?"}\``;
}

/** Escapes a value, so that it is neither Markdown nor HTML and does not end its table cell. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~@&]/g, (character) => `\\${character}`).replace(/\s+/g, " ");
}
