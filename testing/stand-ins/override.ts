import type { LagoProjectOptions } from "./project.ts";

/** Services with fixed container names or host ports, which would conflict with others. */
const NAMED = ["migrate", "api", "front", "api-worker", "api-clock"];
const QUICK = "{ start_period: 60s, start_interval: 500ms }";

/** Compose override that removes the fixed names and ports of Lago's file. */
export function overrideOf(options: LagoProjectOptions): string {
  const variables = Object.entries(options.backend ?? {})
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ");
  const backend = ["migrate", "api", "api-worker", "api-clock"];
  const quick = options.quick ? `, healthcheck: ${QUICK}` : "";
  const lines = ["db", "redis"].map(
    (service) => `  ${service}: { container_name: !reset null, ports: !reset []${quick} }`,
  );
  for (const service of [...NAMED, ...(options.alsoNamed ?? [])]) {
    const port = { api: "3000", front: "80" }[service];
    lines.push(
      `  ${service}:`,
      "    container_name: !reset null",
      ...(port === undefined ? [] : [`    ports: !override ["127.0.0.1::${port}"]`]),
      ...(backend.includes(service) ? [`    environment: { ${variables} }`] : []),
    );
  }
  return `services:\n${lines.join("\n")}\n`;
}
