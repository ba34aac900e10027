/** The size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * What runs a program on a terminal of its own, whose output and exit code become its own: util-linux's
 * `script`, which Debian and Ubuntu always have.
 */
export function onTerminal(
  args: readonly string[],
  { columns, rows }: TerminalSize,
): readonly [program: string, args: string[]] {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(" ");
  const command = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
  return ["script", ["--quiet", "--return", "--command", command, "/dev/null"]];
}
