/** Names of the services in Lago's own compose file, which the bundled file has too. */
export const LAGO_SERVICES: readonly string[] = [
  "api",
  "api-clock",
  "api-worker",
  "db",
  "front",
  "migrate",
  "pdf",
  "redis",
];
