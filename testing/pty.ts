/** Programs on a terminal of their own. */
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";

/** The size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The program and its arguments that run another program on a terminal of its own, whose output and exit
 * code become its own: util-linux's `script`, which Debian and Ubuntu always have.
 */
export function onTerminal(
  args: readonly string[],
  { columns, rows }: TerminalSize,
): readonly [program: string, args: string[]] {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(" ");
  const command = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
  return ["script", ["--quiet", "--return", "--command", command, "/dev/null"]];
}

/** Runs a program on a terminal, and returns what it wrote there and its exit code. */
export async function runOnTerminal(
  args: readonly string[],
  columns: number,
  options: Omit<RunOptions, "onLine">,
): Promise<RunResult> {
  const [program, all] = onTerminal(args, { columns, rows: 40 });
  return await run(program, all, options);
}
