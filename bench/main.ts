/** `npm run bench`: measures this project beside other ways to deploy Lago, and prints a table. */
import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { versions } from "../faults/report/versions.ts";
import { USAGE_EXIT_CODE } from "../scripts/setup/failure.ts";
import { stoppable, stopSignal, wholeNumber } from "../scripts/stoppable.ts";
import { CONTENDERS, type Contender } from "./contenders/index.ts";
import { tagNextFront } from "./images.ts";
import { hardware } from "./report/hardware.ts";
import type { BenchReport } from "./report/result.ts";
import { reportText } from "./report/table.ts";
import { runBench } from "./run.ts";
import { WORK, type Work } from "./work.ts";

const USAGE = { exitCode: USAGE_EXIT_CODE };

interface Options {
  readonly rounds: number;
  readonly against: Contender[];
  readonly work: Work[];
  readonly json?: string;
}

const signal = stopSignal();

const program = new Command("bench")
  .description("Measures this project beside other ways to deploy Lago, all on the same images.")
  .option(
    "--rounds <count>",
    "rounds, of which each has a whole life of every contender",
    wholeNumber,
    5,
  )
  .addOption(
    new Option(
      "--against <names>",
      `some of ${CONTENDERS.map(({ subject }) => subject.name).join(",")}`,
    )
      .argParser(contenders)
      .default([...CONTENDERS], "all"),
  )
  .addOption(
    new Option("--work <ids>", `some of ${WORK.map(({ id }) => id).join(",")}`)
      .argParser(work)
      .default([...WORK], "all"),
  )
  .option("--json <file>", "write the figures to a file too");

program.action((options: Options) => stoppable(signal, () => main(options)));
await program.parseAsync();

async function main({ rounds, against, work: chosen, json }: Options): Promise<void> {
  for (const { subject } of against) {
    const missing = await subject.missing?.();
    if (missing !== undefined) {
      program.error(missing, USAGE);
    }
  }
  const report: BenchReport = {
    command: `npm run bench -- ${process.argv.slice(2).join(" ")}`.replace(/ -- $/, ""),
    date: new Date().toISOString().slice(0, 10),
    rounds,
    hardware: hardware(),
    versions: await allVersions(against),
    contenders: against.map(({ subject: { name, title } }) => ({ name, title })),
    work: chosen.map(({ id, title }) => ({ id, title })),
    measured: await measure(rounds, against, chosen),
  };
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  process.stdout.write(`${reportText(report)}\n`);
}

async function measure(rounds: number, against: readonly Contender[], chosen: readonly Work[]) {
  const next = await tagNextFront();
  try {
    return await runBench({
      ...{ contenders: against, work: chosen, rounds, nextFront: next.tag, signal },
      onMeasured: (round, contender, id, result) => {
        const text = typeof result === "number" ? `${(result / 1_000).toFixed(2)} s` : result;
        process.stderr.write(`round ${round}, ${contender}, ${id}: ${text}\n`);
      },
    });
  } finally {
    await next.remove();
  }
}

async function allVersions(against: readonly Contender[]): Promise<Record<string, string>> {
  const own = await Promise.all(against.map(({ subject }) => subject.versions?.() ?? {}));
  return Object.assign(await versions(), ...own) as Record<string, string>;
}

function contenders(text: string): Contender[] {
  return chosenOf(text, CONTENDERS, ({ subject }) => subject.name);
}

function work(text: string): Work[] {
  return chosenOf(text, WORK, ({ id }) => id);
}

function chosenOf<T>(text: string, all: readonly T[], nameOf: (one: T) => string): T[] {
  return text.split(",").map((name) => {
    const found = all.find((one) => nameOf(one) === name);
    if (found === undefined) {
      throw new InvalidArgumentError(`expected some of ${all.map(nameOf).join(",")}.`);
    }
    return found;
  });
}
