import type { Redactor } from "../text/redact.ts";

/**
 * What compose puts before each line of a log: the container's name without the project, `api-1  | `.
 */
const PREFIX = /^(\S+)\s+\| ?/;

/**
 * Hides secrets in the output of `docker compose logs`. Lines of several containers stand mixed
 * there: a secret that one of them broke over lines is whole only among its own.
 *
 * @param redact keeps the number of lines
 */
export function redactLogs(text: string, redact: Redactor): string {
  const lines = text.split("\n").map((line) => {
    const prefix = PREFIX.exec(line)?.[0] ?? "";
    return { prefix, said: line.slice(prefix.length) };
  });
  const byPrefix = Map.groupBy(lines, ({ prefix }) => prefix);
  for (const own of byPrefix.values()) {
    const redacted = redact(own.map(({ said }) => said).join("\n")).split("\n");
    own.forEach((line, index) => {
      line.said = redacted[index] ?? "";
    });
  }
  return lines.map(({ prefix, said }) => prefix + said).join("\n");
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
