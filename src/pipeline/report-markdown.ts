/** A report as Markdown, for a comment on a pull request, an issue, or a job's summary. */
import { code, escapeMarkdown, planMarkdown } from "../plan/markdown.ts";
import { driftText, otherText, type Report, summaryText, withSettings } from "./report.ts";

/** GitHub's limit is 65,536 characters; what posts a comment may put a line of its own before it. */
export const MAX_MARKDOWN_CHARACTERS = 60_000;

/** Most characters of all errors together, so that there is room for the rest. */
const MAX_ERROR_CHARACTERS = 16_000;

const MAX_LISTED = 50;

/** The whole report, cut at the end of a line where it would be too long. */
export function reportMarkdown(report: Report): string {
  const { judgement } = report;
  const parts = [
    marker(report),
    `## ${escapeMarkdown(summaryText(report))}`,
    errorsMarkdown(report.errors),
    listMarkdown("Notes", report.notes),
    listMarkdown("Drift since the last deploy", (judgement?.drift ?? []).map(driftText)),
    ...(judgement?.plans ?? []).map((plan) => planMarkdown(withSettings(plan))),
    listMarkdown("Other resources of the program", (judgement?.others ?? []).map(otherText)),
    listMarkdown("Warnings", report.warnings),
    `_${report.step} of ${code(report.stack)}, ${(report.durationMs / 1000).toFixed(1)} s, ${report.startedAt.toISOString()}_`,
  ];
  return bounded(parts.filter((part) => part !== "").join("\n\n"), MAX_MARKDOWN_CHARACTERS);
}

/** By which the comment or issue of an earlier run is found. It does not show. */
function marker({ step, stack }: Report): string {
  return `<!-- z-billing-lago ${step} ${stack.replace(/[^\w./-]|--+/g, "_")} -->`;
}

/** Errors as they are, in a fence that nothing in them ends. */
function errorsMarkdown(errors: readonly string[]): string {
  if (errors.length === 0) {
    return "";
  }
  const text = bounded(errors.join("\n\n"), MAX_ERROR_CHARACTERS);
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function listMarkdown(title: string, entries: readonly string[]): string {
  if (entries.length === 0) {
    return "";
  }
  const shown = entries.slice(0, MAX_LISTED).map((entry) => `- ${escapeMarkdown(entry)}`);
  const more = entries.length - shown.length;
  return [`**${title}**`, "", ...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function bounded(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) {
    return text;
  }
  const note = "\n[the rest is left out: too long]";
  const head = text.slice(0, maxCharacters - note.length);
  const lineEnd = head.lastIndexOf("\n");
  return `${(lineEnd > 0 ? head.slice(0, lineEnd) : head).toWellFormed()}${note}`;
}
