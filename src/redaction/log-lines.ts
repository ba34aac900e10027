import type { Redactor } from "./redact.ts";

/** What compose puts before each line of a log: a container's name without the project, `api-1  | `. */
const PREFIX = /^\S+\s+\| ?/;

/**
 * Hides secrets in the output of `docker compose logs`. Lines of several containers stand mixed
 * there: a secret that one of them broke over lines is whole only among its own.
 *
 * @param redact keeps the number of lines
 */
export function redactLogs(text: string, redact: Redactor): string {
  const lines = text.split("\n");
  for (const [prefix, own] of linesByPrefix(lines)) {
    const said = own.map((index) => lines[index]?.slice(prefix.length)).join("\n");
    const shown = redact(said);
    if (shown !== said) {
      shown.split("\n").forEach((line, n) => {
        lines[own[n] ?? 0] = prefix + line;
      });
    }
  }
  return lines.join("\n");
}

/** Cuts a line of a log into what compose puts before it, which names the container, and the rest. */
export function partsOfLine(line: string): { readonly container: string; readonly text: string } {
  const [prefix = ""] = PREFIX.exec(line) ?? [];
  return { container: prefix.replace(/\s.*/, ""), text: line.slice(prefix.length) };
}

/** Indices of the lines that begin with each prefix; none, for some. */
export function linesByPrefix(lines: readonly string[]): Map<string, number[]> {
  const byPrefix = new Map<string, number[]>();
  let prefix = "";
  lines.forEach((line, index) => {
    // Mostly that of the line before: a new text for each of very many lines would take memory.
    if (prefix === "" || !line.startsWith(prefix)) {
      prefix = PREFIX.exec(line)?.[0] ?? "";
    }
    const own = byPrefix.get(prefix);
    if (own === undefined) {
      byPrefix.set(prefix, [index]);
    } else {
      own.push(index);
    }
  });
  return byPrefix;
}
