/** Markdown for generated documents. */

/** Maximum length of a shown reason. */
const MAX_REASON = 300;

/**
 * Formats a table. A bar in a cell is escaped.
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

/**
 * Formats a program's output on one line of 300 characters at most, escaped as neither HTML nor
 * code.
 */
export function reasonLine(reason: string): string {
  const line = reason.replace(/\s+/g, " ").slice(0, MAX_REASON);
  return line.replaceAll("<", "&lt;").replaceAll("`", "'");
}
