import type { Finding, Severity } from "../../checks/index.ts";
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

/** Formats the report for a person. Findings with the same reason and remedy are grouped. */
export function lintText(
  report: LintReport,
  counts: { readonly errors: number; readonly warnings: number },
): string {
  const files = [...report.composeFiles, report.envFile ?? "no .env file"].join(", ");
  const sections = (["error", "warning"] as const).map((severity) => section(report, severity));
  const total = `${plural(counts.errors, "error")}, ${plural(counts.warnings, "warning")}`;
  return cleanText([`Judged: ${files}`, "", ...sections.flat(), total].join("\n"));
}

function section({ findings }: LintReport, severity: Severity): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter((one) => one.severity === severity)) {
    const key = JSON.stringify([finding.id, finding.reason, finding.remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [{ id, reason, remedy } = { id: "", reason: "", remedy: "" }] = group;
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
