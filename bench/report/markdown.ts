/** Text of `docs/benchmark.md`, generated from reports. */

import { markdownTable, reasonLine } from "../../testing/report/markdown.ts";
import { portableCommand, portableText } from "../../testing/report/portable.ts";
import { versionsText } from "../../testing/report/versions.ts";
import { cell, titleWithUnit } from "./figures.ts";
import { REMARKS, remarkOn } from "./remarks.ts";
import { type BenchReport, measuredOf, type SuiteReport } from "./result.ts";

const HEAD = `# Benchmark

<!-- Made by \`npm run bench:docs\` from the reports of the commands below; run them to change it. -->

The time that this project and other ways to deploy Lago take, all on the same images, in separate suites. Each figure
is the median of the rounds, with the minimum and the maximum. The contenders take turns, and a different
one is first in each round. \`-\` means that a contender has no such operation, or was not measured.

The images are stand-ins for Lago's, with a real PostgreSQL and a real Redis, and start faster than Lago does unless
a suite says otherwise; health checks have the intervals of Lago's own compose file.
`;

/**
 * Renders the document.
 *
 * @param remarks on missed goals. Defaults to {@link REMARKS}
 */
export function renderBenchmark({ suites }: BenchReport, remarks = REMARKS): string {
  return [HEAD, ...suites.map((suite) => suiteText(suite, remarks))]
    .join("\n")
    .replace(/\n*$/, "\n");
}

function suiteText(report: SuiteReport, remarks: typeof REMARKS): string {
  const { title, how, date, rounds, hardware, versions, command } = report;
  return [
    `## ${title}\n`,
    `${how}\n`,
    figures(report),
    ...goals(report, remarks),
    ...notDone(report),
    `\nRun on ${date} with ${rounds} ${rounds === 1 ? "round" : "rounds"} on ${hardware}; ${versionsText(versions)}.`,
    `To repeat it: \`${portableCommand(command)}\`\n`,
  ].join("\n");
}

function figures(report: SuiteReport): string {
  const { contenders, work } = report;
  return markdownTable(
    ["", ...contenders.map(({ title }) => title)],
    work.map((one) => [
      titleWithUnit(one),
      ...contenders.map(({ name }) => cell(measuredOf(report, name, one.id), one.unit)),
    ]),
    ["---", ...contenders.map(() => "--:")],
  );
}

function goals({ goals: all }: SuiteReport, remarks: typeof REMARKS): string[] {
  if (all.length === 0) {
    return [];
  }
  const rows = all.map(({ what, is, wanted, verdict }) => [
    ...[what, is, wanted, verdict === "missed" ? `**${verdict}**` : verdict],
  ]);
  const said = all.flatMap((goal) => {
    const remark = remarkOn(goal, remarks);
    return remark === undefined
      ? []
      : [`- **${goal.what}**, ${goal.is}: ${remark.bound} Tried: ${remark.tried}`];
  });
  return [
    "\nWhat was to be reached:\n",
    markdownTable(["", "is", "wanted", ""], rows, ["---", "--:", "--:", "---"]),
    ...(said.length === 0 ? [] : ["\nWhy some of it is not:\n", ...said]),
  ];
}

function notDone({ measured, contenders, work }: SuiteReport): string[] {
  const said = measured.flatMap(({ contender, work: id, notDone: reason }) => {
    const title = contenders.find(({ name }) => name === contender)?.title ?? contender;
    const workTitle = work.find((one) => one.id === id)?.title ?? id;
    return reason === undefined
      ? []
      : [`- ${title}, ${workTitle}: ${reasonLine(portableText(reason))}`];
  });
  return said.length === 0 ? [] : ["\nWhat was not done:\n", ...said];
}
