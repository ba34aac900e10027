import type { Redactor } from "./redact.ts";

/**
 * Prefix that compose puts before each line of a log: the container's name, such as `api-1  | `.
 */
const PREFIX = /^\S+\s+\| ?/;

/**
 * Hides secrets in the output of `docker compose logs`. Lines of several containers are mixed
 * there, so each container's lines are redacted together: a secret may be broken over several of
 * them.
 *
 * @param redact must keep the number of lines
 */
export function redactLogs(text: string, redact: Redactor): string {
  const lines = text.split("\n");
  for (const [prefix, own] of linesByPrefix(lines)) {
    const ownText = own.map((index) => lines[index]?.slice(prefix.length)).join("\n");
    const shown = redact(ownText);
    if (shown !== ownText) {
      shown.split("\n").forEach((line, n) => {
        lines[own[n] ?? 0] = prefix + line;
      });
    }
  }
  return lines.join("\n");
}

/** Splits a line of a log into the name of its container and the text after compose's prefix. */
export function partsOfLine(line: string): { readonly container: string; readonly text: string } {
  const [prefix = ""] = PREFIX.exec(line) ?? [];
  return { container: prefix.replace(/\s.*/, ""), text: line.slice(prefix.length) };
}

/**
 * Groups the indices of lines by their prefix. Lines without a prefix are grouped by an empty one.
 */
export function linesByPrefix(lines: readonly string[]): Map<string, number[]> {
  const byPrefix = new Map<string, number[]>();
  let prefix = "";
  lines.forEach((line, index) => {
    // Usually the prefix of the line before: a new string for each of very many lines takes memory.
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
