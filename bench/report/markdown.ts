/** The text of `docs/benchmark.md`, made from a report. */
import { portableCommand } from "../../faults/report/portable.ts";
import { versionsText } from "../../faults/report/versions.ts";
import { markdownTable, reasonLine } from "../../scripts/docs/markdown.ts";
import { goalTexts, judge } from "./goals.ts";
import { type BenchReport, measuredOf } from "./result.ts";
import { cell } from "./table.ts";

const HEAD = `# Benchmark

<!-- Made by \`npm run bench:docs\` from the report of the command below; run it to change it. -->

How long this project takes beside other ways to deploy Lago, all on the same images in one run. A round has the
whole life of each contender, in a host that has nothing of it before; the contenders take turns, and another
one is first in each round. What is shown are seconds: the median of the rounds, and the least and the most.

Every figure is the time of one command as a person types it. Where services start, it counts until each of them is
healthy, whether the command waits for that or not. The images are stand-ins for Lago's, with a real PostgreSQL and
a real Redis, and start faster than Lago does; health checks have the intervals of Lago's own compose file.
`;

/** The whole document. */
export function renderBenchmark(report: BenchReport): string {
  return [
    HEAD,
    `Run on ${report.date} with ${report.rounds} rounds on ${report.hardware}; ${versionsText(report.versions)}.`,
    `To repeat it: \`${portableCommand(report.command)}\`\n`,
    "## Figures\n",
    figures(report),
    "\n## What was to be reached\n",
    goals(report),
    "\n## What was not done\n",
    ...notDone(report),
  ]
    .join("\n")
    .replace(/\n*$/, "\n");
}

function figures(report: BenchReport): string {
  const { contenders, work } = report;
  return markdownTable(
    ["", ...contenders.map(({ title }) => title)],
    work.map(({ id, title }) => [
      title,
      ...contenders.map(({ name }) => cell(measuredOf(report, name, id))),
    ]),
    ["---", ...contenders.map(() => "--:")],
  );
}

function goals(report: BenchReport): string {
  const titleOf = (name: string) =>
    report.contenders.find((one) => one.name === name)?.title ?? name;
  const workOf = (id: string) => report.work.find((one) => one.id === id)?.title ?? id;
  return markdownTable(
    ["", "ratio of medians", "wanted", ""],
    judge(report).map((goal) => {
      const { ratio, wanted, verdict } = goalTexts(goal);
      return [
        `${workOf(goal.work)}: ${titleOf(goal.who)} / ${titleOf(goal.than)}`,
        ...[ratio, wanted, verdict === "missed" ? `**${verdict}**` : verdict],
      ];
    }),
    ["---", "--:", "--:", "---"],
  );
}

function notDone({ measured, contenders }: BenchReport): string[] {
  const said = measured.flatMap(({ contender, work, notDone: reason }) => {
    const title = contenders.find(({ name }) => name === contender)?.title ?? contender;
    return reason === undefined ? [] : [`- ${title}, ${work}: ${reasonLine(reason)}`];
  });
  return said.length === 0 ? ["Everything was done by everybody."] : said;
}
