/** A report for a terminal, the log of a job, or whoever pushed. */
import { planText } from "../plan/text.ts";
import { driftText, otherText, type Report, summaryText, withSettings } from "./report.ts";

/** The whole report, with what matters most at its end, where a log is read first. */
export function reportText(report: Report): string {
  const { judgement } = report;
  return [
    ...(judgement?.plans ?? []).map((plan) => planText(withSettings(plan))),
    list("Drift since the last deploy", (judgement?.drift ?? []).map(driftText)),
    list("Other resources of the program", (judgement?.others ?? []).map(otherText)),
    list("Notes", report.notes),
    report.errors.map((error) => `error: ${error}`).join("\n\n"),
    `${summaryText(report)} (${(report.durationMs / 1000).toFixed(1)} s).`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function list(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : [`${title}:`, ...entries.map((one) => `  ${one}`)].join("\n");
}
