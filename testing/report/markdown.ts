/** Markdown for documents that are made from data. */

/** Longest reason that is shown. */
const MAX_REASON = 300;

/**
 * A table. A bar in a cell does not end it.
 *
 * @param rules how each column is aligned, such as `--:`. Defaults to `---` for all
 */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  rules: readonly string[] = header.map(() => "---"),
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [header, rules, ...rows].map(line).join("\n");
}

/** What a program said, on one line of 300 characters at most, and read as neither HTML nor code. */
export function reasonLine(reason: string): string {
  const line = reason.replace(/\s+/g, " ").slice(0, MAX_REASON);
  return line.replaceAll("<", "&lt;").replaceAll("`", "'");
}
