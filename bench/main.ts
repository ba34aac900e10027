/** `npm run bench`: measures this project beside other ways to deploy Lago, and prints tables. */
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { addDocsCommand } from "../faults/report/docs-command.ts";
import { USAGE_EXIT_CODE } from "../setup/failure.ts";
import { stoppable, stopSignal } from "../setup/stop.ts";
import { count } from "../src/cli/numbers.ts";
import { ChoiceError, choose, type Wanted } from "./choose.ts";
import { writeBenchmark } from "./docs.ts";
import { unexplained, unexplainedText } from "./report/remarks.ts";
import type { SuiteReport } from "./report/result.ts";
import { reportText } from "./report/table.ts";
import { runSuite } from "./run.ts";
import type { Suite } from "./suite.ts";
import { SUITES } from "./suites.ts";

const USAGE = { exitCode: USAGE_EXIT_CODE };
const DEFAULT_ROUNDS = 5;

interface Options extends Wanted {
  readonly rounds: number;
  readonly json?: string;
}

const signal = stopSignal();

const program = new Command("bench")
  .description("Measures this project beside other ways to deploy Lago, all on the same images.")
  .option("--rounds <count>", `rounds: ${roundsHelp()}`, count, DEFAULT_ROUNDS)
  .option("--suites <ids>", suitesOptionHelp(), names)
  .option("--against <names>", "some of the contenders of these; all that are there", names)
  .option("--work <ids>", "some of their work; all", names)
  .option("--json <file>", "write the figures to a file too, after each suite")
  .addHelpText("after", `\n${suitesHelp()}`);

program.action((options: Options) => stoppable(signal, () => main(options)));
addDocsCommand(program, {
  document: "docs/benchmark.md",
  howToMakeOne: "Make one with `npm run bench -- --json FILE`, and name the file.",
  write: writeBenchmark,
});
await program.parseAsync();

async function main({ rounds, json, ...wanted }: Options): Promise<void> {
  const { chosen, notes } = await chooseOrEnd(wanted);
  for (const note of notes) {
    say(note);
  }
  const command = `npm run bench -- ${process.argv.slice(2).join(" ")}`.replace(/ -- $/, "");
  const suites: SuiteReport[] = [];
  for (const one of chosen) {
    suites.push(await runSuite(one, { rounds, command, signal, onProgress: say }));
    if (json !== undefined) {
      await writeFile(json, `${JSON.stringify({ suites }, undefined, 2)}\n`);
    }
  }
  process.stdout.write(`${reportText({ suites })}\n`);
  const missed = unexplained({ suites });
  if (missed.length > 0) {
    say(unexplainedText(missed));
    process.exitCode = 1;
  }
}

async function chooseOrEnd(wanted: Wanted) {
  try {
    return await choose(SUITES, wanted);
  } catch (error) {
    if (error instanceof ChoiceError) {
      return program.error(error.message, USAGE);
    }
    throw error;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function names(text: string): string[] {
  return text.split(",");
}

function suitesOptionHelp(): string {
  const byName = SUITES.filter(({ onlyByName }) => onlyByName);
  return `some of ${idsOf(SUITES)}; all but ${idsOf(byName)}`;
}

function idsOf(suites: readonly Suite[]): string {
  return suites.map(({ id }) => id).join(",");
}

function roundsHelp(): string {
  const all = SUITES.map(({ id, rounds }) => `${id} ${rounds(DEFAULT_ROUNDS)}`);
  return `of ${DEFAULT_ROUNDS} a suite has those that its length allows, ${all.join(", ")}`;
}

function suitesHelp(): string {
  return SUITES.map(({ id, contenders, work }) => {
    const against = contenders.map(({ name }) => name).join(",");
    return `${id}\n  --against ${against}\n  --work ${work.map((one) => one.id).join(",")}\n`;
  }).join("\n");
}
