import type { SetupContext } from "../setup/context.ts";
import { duration } from "../setup/report.ts";
import type { Check } from "./checks.ts";
import { summaryLine, type Tally, total } from "./tally.ts";

/** Runs checks in turn, all of them whatever the ones before gave, and returns their tallies. */
export async function runChecks(context: SetupContext, checks: readonly Check[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const check of checks) {
    context.report.doing(check.name);
    const startedAt = performance.now();
    const tally = await check.run(context);
    context.signal.throwIfAborted();
    tallies.push(tally);
    const line = `${check.name}: ${summaryLine(tally)} (${duration(performance.now() - startedAt)})`;
    if (tally.failed === 0) {
      context.report.ok(line);
    } else {
      context.report.note(line);
    }
  }
  return tallies;
}

/** Prints the last line of a run and returns the exit code that belongs to it. */
export function conclude(tallies: readonly Tally[]): number {
  const sum = total(tallies);
  process.stdout.write(`${summaryLine(sum)}\n`);
  return sum.failed === 0 ? 0 : 1;
}
