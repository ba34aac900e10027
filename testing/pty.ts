/** Runs programs on a pseudo-terminal. */
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";

/** The size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Command that runs another program on a pseudo-terminal and returns its output and exit code:
 * util-linux's `script`, which Debian and Ubuntu always have.
 */
export function onTerminal(
  args: readonly string[],
  { columns, rows }: TerminalSize,
): readonly [program: string, args: string[]] {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(" ");
  const command = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
  return ["script", ["--quiet", "--return", "--command", command, "/dev/null"]];
}

/** Runs a program on a pseudo-terminal, and returns its output and exit code. */
export async function runOnTerminal(
  args: readonly string[],
  columns: number,
  options: Omit<RunOptions, "onLine">,
): Promise<RunResult> {
  const [program, all] = onTerminal(args, { columns, rows: 40 });
  return await run(program, all, options);
}
