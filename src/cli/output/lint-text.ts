import type { Finding } from "../../checks/index.ts";
import { cleanText } from "../../text/clean.ts";

/** Judged files and their findings. */
export interface LintReport {
  readonly path: string;
  readonly composeFiles: readonly string[];
  /** Path of the environment file; undefined without one. */
  readonly envFile?: string;
  readonly findings: readonly Finding[];
}

const WIDTH = 100;

/**
 * Formats the report for a person. Findings with the same reason and remedy are grouped.
 *
 * @param moreCommand command that shows the minor findings too, which are left out then. Defaults to
 *   showing them
 */
export function lintText(
  { composeFiles, envFile = "no .env file", findings }: LintReport,
  { moreCommand }: { readonly moreCommand?: string } = {},
): string {
  const shown = findings.filter(({ isMinor = false }) => moreCommand === undefined || !isMinor);
  const hidden = findings.length - shown.length;
  const errors = shown.filter(({ severity }) => severity === "error");
  const warnings = shown.filter(({ severity }) => severity === "warning");
  const lines = [
    `Judged: ${[...composeFiles, envFile].join(", ")}`,
    "",
    ...section(errors),
    ...section(warnings),
    ...(hidden === 0
      ? []
      : [`${plural(hidden, "minor finding")} not shown. To see all: ${moreCommand}`, ""]),
    `${plural(errors.length, "error")}, ${plural(warnings.length, "warning")}`,
  ];
  return cleanText(lines.join("\n"));
}

function section(findings: readonly Finding[]): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.id, finding.reason, finding.remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const { id, severity, reason, remedy } = first;
    return [
      ...wrap(`${severity} ${id}: `, group.map(({ field }) => field).join(", ")),
      ...wrap("    ", reason),
      ...wrap("    -> ", remedy),
      "",
    ];
  });
}

/** Wraps a text into lines of at most {@link WIDTH} characters; later lines are indented. */
function wrap(first: string, text: string): string[] {
  const lines: string[] = [];
  let line = first.trimEnd();
  let indent = first.match(/^ */)?.[0] ?? "";
  indent = indent === "" ? "    " : indent;
  for (const word of text.split(/\s+/)) {
    const longer = line.trim() === "" ? indent + word : `${line} ${word}`;
    if (longer.length > WIDTH && line.trim() !== "") {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
