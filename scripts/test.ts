/**
 * `npm test`: the set-up and the checks that prove a change. `npm run test:all`: all checks.
 *
 * npm test [-- --only GROUPS] [-- --shard 1/2] [-- --report FILE] [-- --before FILE]
 * npm run test:all
 */
import { readFile, writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { type Part, type SetupStep, setUp } from "../setup/all.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "../setup/failure.ts";
import type { Check } from "./checks/check.ts";
import { ALL, DAILY, GROUPS, type GroupName } from "./checks/groups.ts";
import { type CheckRun, conclude, runChecks } from "./checks/run.ts";
import { single } from "./checks/tally.ts";
import { comparison, stagesIn } from "./checks/times.ts";
import { runScript } from "./lib/entry.ts";

interface Options {
  readonly all?: boolean;
  readonly only?: GroupName[];
  readonly shard?: string;
  readonly report?: string;
  readonly before?: string;
}

const program = new Command("npm test --")
  .description("Runs the project's checks and says what each of them took.")
  .option("--all", "every group, also what takes long and rarely fails")
  .option("--only <groups>", `some of: ${Object.keys(GROUPS).join(", ")}`, groupNames)
  .option("--shard <part>", "one part of each group's test files, such as 1/2", shardOf)
  .option("--report <file>", "write the minutes of each check to a JSON file")
  .option("--before <file>", "compare the minutes with an earlier report, as a Markdown table")
  .showHelpAfterError(
    "`npm run test:unit` runs the unit tests; `npm test -- --help` lists the rest.",
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE_EXIT_CODE));
program.parse();
const { all, only, shard, report, before } = program.opts<Options>();

await runScript(async (context) => {
  const names = only ?? (all === true ? ALL : DAILY);
  const groups = names.map((name) => GROUPS[name]);
  const steps = [...new Set(groups.flatMap(({ needs }): readonly (Part | SetupStep)[] => needs))];
  const runs: CheckRun[] = steps.length > 0 ? await runChecks(context, [setUpOf(steps)]) : [];
  const ready = runs.every(({ tally }) => tally.failed === 0);
  if (!ready) {
    context.report.note("The set-up failed: checks that need it are left out.");
  }
  const checks = groups
    .filter(({ needs }) => ready || needs.length === 0)
    .flatMap((group): readonly Check[] => group.checks);
  runs.push(...(await runChecks(context, checks, shard === undefined ? {} : { shard })));
  if (report !== undefined) {
    const times = runs.map(({ name, seconds, files }) => ({ name, seconds, files }));
    await writeFile(report, `${JSON.stringify(times, undefined, 2)}\n`);
  }
  if (before !== undefined) {
    const earlier = stagesIn(await readFile(before, "utf8"));
    process.stdout.write(`\n${comparison(earlier, runs)}\n`);
  }
  return conclude(runs);
});

/** Check of the set-up, which counts as one. */
function setUpOf(steps: readonly (Part | SetupStep)[]): Check {
  return {
    name: "set-up",
    run: async (context) => {
      try {
        await setUp(context, steps);
        return { tally: single(true) };
      } catch (error) {
        if (error instanceof SetupFailure) {
          context.report.note(error.message);
          return { tally: single(false) };
        }
        throw error;
      }
    },
  };
}

function groupNames(text: string): GroupName[] {
  const names = text.split(",");
  const unknown = names.filter((name) => !Object.hasOwn(GROUPS, name));
  if (unknown.length > 0) {
    const there = Object.keys(GROUPS).join(", ");
    throw new InvalidArgumentError(`There is no group ${unknown.join(", ")}; there are ${there}.`);
  }
  return names as GroupName[];
}

function shardOf(text: string): string {
  if (!/^[1-9]\d*\/[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError(`Give a part and a count, such as 1/2; this is ${text}.`);
  }
  return text;
}
