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
