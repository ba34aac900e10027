/** Programs on a terminal of their own. */
import { onTerminal } from "../../scripts/recording/on-terminal.ts";
import { type RunOptions, type RunResult, run } from "../../src/process/run.ts";

/** Runs a program on a terminal, and returns what it wrote there and its exit code. */
export async function runOnTerminal(
  args: readonly string[],
  columns: number,
  options: Omit<RunOptions, "onLine">,
): Promise<RunResult> {
  const [program, all] = onTerminal(args, { columns, rows: 40 });
  return await run(program, all, options);
}
