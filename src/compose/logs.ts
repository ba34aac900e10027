import type { Redactor } from "../text/redact.ts";

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

/** Indices of the lines that begin with each prefix; none, for some. */
function linesByPrefix(lines: readonly string[]): Map<string, number[]> {
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

/**
 * Cuts the output of `docker compose logs` into one text a service. Compose puts the container's
 * name without the project before each line, `api-1  | text`; replicas of a service share a text.
 */
export function logsByService(text: string): Record<string, string> {
  const lines = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const match = /^(\S+?)(?:-\d+)?\s+\| ?(.*)$/.exec(line);
    const service = match?.[1];
    if (service !== undefined) {
      const own = lines.get(service) ?? [];
      own.push(match?.[2] ?? "");
      lines.set(service, own);
    }
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([service, own]) => [service, own.join("\n")]));
}
