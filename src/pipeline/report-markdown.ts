/** Reports as Markdown, for a comment on a pull request, an issue, or the summary of a job. */
import { code, escapeMarkdown, planMarkdown } from "../plan/markdown.ts";
import { otherText, type Report, summaryText, withSettings } from "./report.ts";

/** Most characters of a report. GitHub allows 65,536, of which the poster of a comment may need some. */
export const MAX_MARKDOWN_CHARACTERS = 60_000;

/** Most characters of all errors together. */
const MAX_ERROR_CHARACTERS = 16_000;

const MAX_LISTED = 50;

/** Formats a report. A report that is too long is cut at the end of a line. */
export function reportMarkdown(report: Report): string {
  const { assessment } = report;
  const parts = [
    marker(report),
    `## ${escapeMarkdown(summaryText(report))}`,
    errorsMarkdown(report.errors),
    listMarkdown("Notes", report.notes),
    listMarkdown(
      "Drift since the last deploy",
      (assessment?.drift ?? []).map(({ message }) => message),
    ),
    ...(assessment?.plans ?? []).map((plan) => planMarkdown(withSettings(plan))),
    listMarkdown("Other resources of the program", (assessment?.others ?? []).map(otherText)),
    listMarkdown("Warnings", report.warnings),
    `_${report.step} of ${code(report.stack)}, ${(report.durationMs / 1000).toFixed(1)} s, ${report.startedAt.toISOString()}_`,
  ];
  return bounded(parts.filter((part) => part !== "").join("\n\n"), MAX_MARKDOWN_CHARACTERS);
}

/** Invisible marker by which the next run finds its comment or issue. */
function marker({ step, stack }: Report): string {
  return `<!-- z-billing-lago ${step} ${stack.replace(/[^\w./-]|--+/g, "_")} -->`;
}

/** Formats errors verbatim, in a fence longer than any in them. */
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
