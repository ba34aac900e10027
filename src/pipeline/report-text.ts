/** Reports as text for a terminal, the log of a job, or the person who pushed. */
import { planText } from "../plan/text.ts";
import { otherText, type Report, summaryText, withSettings } from "./report.ts";

/** Formats a report. The outcome comes last, where a reader of a log looks first. */
export function reportText(report: Report): string {
  const { assessment, step, stack } = report;
  // Of a stack without drift nobody has to know what a deploy would do.
  const plans = (assessment?.plans ?? []).filter(({ changes }) => changes || step !== "drift");
  return [
    ...plans.map((plan) => planText(withSettings(plan), stack)),
    list(
      "Drift since the last deploy",
      (assessment?.drift ?? []).map(({ message }) => message),
    ),
    list("Other resources of the program", (assessment?.others ?? []).map(otherText)),
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
