import type { SetupContext } from "../../setup/context.ts";
import { duration } from "../../setup/report.ts";
import type { Check, CheckOptions, CheckResult } from "./check.ts";
import { summaryLine, total } from "./tally.ts";
import { type Stage, timesText } from "./times.ts";

/** A finished check: its result and its time. */
export interface CheckRun extends CheckResult, Stage {}

/** Runs all checks in turn, whether or not earlier ones fail. */
export async function runChecks(
  context: SetupContext,
  checks: readonly Check[],
  options: CheckOptions = {},
): Promise<CheckRun[]> {
  const runs: CheckRun[] = [];
  for (const check of checks) {
    context.report.doing(check.name);
    const startedAt = performance.now();
    const result = await check.run(context, options);
    context.signal.throwIfAborted();
    const seconds = (performance.now() - startedAt) / 1000;
    runs.push({ ...result, name: check.name, seconds });
    const line = `${check.name}: ${summaryLine(result.tally)} (${duration(seconds * 1000)})`;
    if (result.tally.failed === 0) {
      context.report.ok(line);
    } else {
      context.report.note(line);
    }
  }
  return runs;
}

/** Prints the times of a run and its last line, and returns the exit code of the run. */
export function conclude(runs: readonly CheckRun[]): number {
  const sum = total(runs.map(({ tally }) => tally));
  process.stdout.write(`\n${timesText(runs)}\n\n${summaryLine(sum)}\n`);
  return sum.failed === 0 ? 0 : 1;
}
