/** Text of `docs/faults.md`, generated from reports. */

import { duration } from "../../setup/report.ts";
import { markdownTable, reasonLine } from "../../testing/report/markdown.ts";
import { portableCommand, portableText } from "../../testing/report/portable.ts";
import { versionsText } from "../../testing/report/versions.ts";
import { INVARIANTS } from "../invariants/violation.ts";
import { type CaseResult, type Report, scoreOf, TOTAL_CASES } from "./result.ts";

const HEAD = `# Faults

<!-- Made by \`npm run faults:docs\` from the reports of the commands below; run them to change it. -->

How deployments react to faults. Each case injects one fault and performs the operations of a
person; after each operation the same invariants are checked.

A case is survived when all its expectations and every invariant hold, in all of its
runs and on all of its levels: **F** runs the subject against a scripted \`docker\`, **E** with the real
Pulumi engine as well, **D** with a real Docker daemon. A case is *not applicable* only if its question
makes no sense for a subject; a subject without the operation that a case needs has lost the case.
`;

const RULES = `## How the others are judged

All subjects get the same compose file, the same settings and the same time for a start. The others are judged
only by output that a person can see:

- *Cause*: this project has to name a kind of error, such as \`DiskFull\`. Any other subject names the cause
  if docker's own words for the cause are anywhere in its output.
- *The faulty thing*, such as a service or an image, has to be named by every subject.
- *Next step*: only this project has to name it, since no other subject claims to.
- *Recovery*: the commands of the subject's own documentation, and then plain \`up\`.
- *No change* on the second \`up\`: by the ids and start times of the containers, and by the changes that the subject
  itself reports. Services that run once may run again, and may be reported.
`;

/** Renders the document. */
export function renderFaults(reports: readonly Report[]): string {
  const ids = [...new Set(reports.flatMap(({ cases }) => cases.map(({ id }) => id)))].sort();
  return [
    HEAD,
    "## Score\n",
    scores(reports),
    "\n## Cases\n",
    caseTable(reports, ids),
    "\n## Invariants\n",
    ...Object.entries(INVARIANTS).map(([id, text]) => `- **${id}** ${text}`),
    `\n${RULES}`,
    "## Why a case was lost\n",
    ...reports.flatMap(losses),
  ]
    .join("\n")
    .replace(/\n*$/, "\n");
}

function scores(reports: readonly Report[]): string {
  return markdownTable(
    ["subject", "score", "took", "with", "to repeat it"],
    reports.map((report) => [
      report.title,
      `**${scoreOf(report)}/${TOTAL_CASES}**${notApplicable(report)}`,
      duration(report.durationMs),
      `${versionsText(report.versions)}; ${report.date}`,
      `\`${portableCommand(report.command)}\``,
    ]),
  );
}

function notApplicable({ cases }: Report): string {
  const count = cases.filter(({ outcome }) => outcome === "not applicable").length;
  return count === 0 ? "" : `, ${count} not applicable`;
}

function caseTable(reports: readonly Report[], ids: readonly string[]): string {
  return markdownTable(
    ["case", "fault", "expected", ...reports.map(({ title }) => title)],
    ids.map((id) => {
      const found = reports.map(({ cases }) => cases.find((one) => one.id === id));
      const one = found.find((other) => other !== undefined);
      return [
        `${id} ${one?.name ?? ""}`,
        one?.injects ?? "",
        one?.expects ?? "",
        ...found.map(outcomeCell),
      ];
    }),
  );
}

function outcomeCell(one: CaseResult | undefined): string {
  if (one === undefined) {
    return "not run";
  }
  const levels = one.levels.map(({ level, outcome, violated, worstMs, runs, lostRuns }) => {
    const often = runs > 1 ? ` (${runs - lostRuns} of ${runs} runs)` : "";
    const worst = worstMs === 0 ? "" : `, ${(worstMs / 1000).toFixed(1)} s`;
    const broken = violated.length === 0 ? "" : `, ${violated.join(" ")}`;
    return `${level} ${outcome}${often}${broken}${worst}`;
  });
  return `${one.outcome === "survived" ? "✓" : one.outcome === "lost" ? "✗" : "–"} ${levels.join("; ")}`;
}

function losses({ title, cases }: Report): string[] {
  const lost = cases.flatMap(({ id, name, levels }) =>
    levels
      .filter(({ outcome }) => outcome !== "survived")
      .map(({ level, outcome, reasons }) => {
        const said = [
          ...new Set(reasons.map((reason) => `  - ${reasonLine(portableText(reason))}`)),
        ];
        const more = said.length - MAX_REASONS;
        return [
          `- **${id} ${name}** (${level}), ${outcome}:`,
          ...said.slice(0, MAX_REASONS),
          ...(more > 0 ? [`  - and ${more} more`] : []),
        ].join("\n");
      }),
  );
  return lost.length === 0 ? [] : [`### ${title}\n`, ...lost, ""];
}

/** Maximum number of shown reasons per case. */
const MAX_REASONS = 6;
