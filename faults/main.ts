/** `npm run faults`: runs the cases and prints a table. */
import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { USAGE_EXIT_CODE } from "../setup/failure.ts";
import { duration } from "../setup/report.ts";
import { stoppable, stopSignal } from "../setup/stop.ts";
import { count } from "../src/cli/numbers.ts";
import { versions } from "../testing/report/versions.ts";
import { LEVELS, type Level } from "../testing/world/level.ts";
import { loadCases } from "./cases.ts";
import { writeFaults } from "./docs.ts";
import { addDocsCommand } from "./report/docs-command.ts";
import type { Report } from "./report/result.ts";
import { reportText } from "./report/table.ts";
import { benchFailures, staleLosses, unexpectedEnds } from "./report/verdict.ts";
import { runAll } from "./run-all.ts";
import { SUBJECTS } from "./subjects/index.ts";

const USAGE = { exitCode: USAGE_EXIT_CODE };

interface Options {
  readonly json?: string;
  readonly level: Level[];
  readonly case?: string[];
  readonly against: string;
  readonly repeat: number;
  readonly jobs: number;
  /** Whether each case is run on one level only. */
  readonly first?: boolean;
  /** Whether cases that depend on chance are run. */
  readonly chaos: boolean;
}

const signal = stopSignal();

const program = new Command("faults")
  .description("Puts a deployment through named faults and says what it makes of them.")
  .option("--level <levels>", "F scripted docker, E Pulumi as well, D a real daemon", levels, [
    ...LEVELS,
  ])
  .option("--first", "each case only on the first of these levels that it has")
  .option("--case <ids>", "cases such as RB05,RB14 (default: all)", (text) => text.split(","))
  .addOption(
    new Option("--against <subject>", "what is put to the test")
      .choices(SUBJECTS.map(({ name }) => name))
      .default("ours"),
  )
  .option("--repeat <times>", "runs of a case in which chance has a part", count, 20)
  .option("--no-chaos", "leave out cases in which chance has a part")
  .option("--jobs <count>", "trials at a time", count, 2)
  .option("--json <file>", "write the results to a file too");

program.action((options: Options) =>
  stoppable(signal, async () => {
    process.exitCode = await main(options);
  }),
);
addDocsCommand(program, {
  document: "docs/faults.md",
  howToMakeOne:
    "Make one a subject with `npm run faults -- --against SUBJECT --json FILE`, and name the files.",
  write: writeFaults,
});
await program.parseAsync();

async function main(options: Options): Promise<number> {
  const subject = SUBJECTS.find(({ name }) => name === options.against);
  const missing = await subject?.missing?.();
  if (subject === undefined || missing !== undefined) {
    return program.error(missing ?? `there is no subject ${options.against}`, USAGE);
  }
  const all = await loadCases();
  const unknown = options.case?.filter((id) => !all.some((one) => one.id === id)) ?? [];
  if (unknown.length > 0) {
    const there = all.map(({ id }) => id).join(", ");
    return program.error(`there is no case ${unknown.join(", ")}; there are ${there}`, USAGE);
  }
  const startedAt = performance.now();
  const cases = await runAll({
    cases: all
      .filter(({ id }) => options.case?.includes(id) ?? true)
      .filter(({ chaos }) => options.chaos || chaos !== true),
    levelsOf: ({ levels }) => {
      const chosen = levels.filter((level) => options.level.includes(level));
      return options.first === true ? chosen.slice(0, 1) : chosen;
    },
    subject,
    repeat: options.repeat,
    jobs: options.jobs,
    signal,
    onResult: ({ id, name }, { level, outcome, durationMs, reasons }) => {
      const why = outcome === "survived" ? "" : `: ${reasons[0]?.split("\n")[0]}`;
      process.stderr.write(`${id} ${name} (${level}): ${outcome}, ${duration(durationMs)}${why}\n`);
    },
  });
  const report: Report = {
    subject: subject.name,
    title: subject.title,
    command: `npm run faults -- ${process.argv.slice(2).join(" ")}`.trim(),
    date: new Date().toISOString().slice(0, 10),
    versions: { ...(await versions()), ...(await subject.versions?.()) },
    cases,
    durationMs: Math.round(performance.now() - startedAt),
  };
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  process.stdout.write(`${reportText(report)}\n`);
  const failed = [...benchFailures(cases), ...(subject.ours ? unexpectedEnds(cases) : [])];
  for (const line of [...failed, ...(subject.ours ? staleLosses(cases) : [])]) {
    process.stdout.write(`${line}\n`);
  }
  return failed.length === 0 ? 0 : 1;
}

function levels(text: string): Level[] {
  const chosen = text.split(",");
  const unknown = chosen.find((one) => !LEVELS.includes(one as Level));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`expected some of ${LEVELS.join(",")}.`);
  }
  return chosen as Level[];
}
