import type { Role } from "./catalogue/types.ts";

/** Roles of the services in Lago's own compose file, which the bundled file has too, by name. */
export const LAGO_ROLES: Readonly<Record<string, Role>> = {
  api: "api",
  "api-clock": "clock",
  "api-worker": "worker",
  db: "db",
  front: "front",
  migrate: "migrate",
  pdf: "pdf",
  redis: "redis",
};

/** Names of the services in Lago's own compose file. */
export const LAGO_SERVICES: readonly string[] = Object.keys(LAGO_ROLES);
