/** Memory limits of services, which settings name by their names or by their roles. Pure. */

import type { ComposeModel } from "../compose/model.ts";
import type { ConfigIssue } from "../errors.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import { WORKER_POOLS } from "../lago/pools.ts";
import { LAGO_ROLES } from "../lago/services.ts";

type Limits = Readonly<Record<string, string>>;

/** Limits by service. A limit for the name of a service counts before one for its role. */
export function memoryLimitsOf({ services }: ComposeModel, limits: Limits = {}): Limits {
  const names = new Set(services.map(({ name }) => name));
  const byRole = Object.entries(limits).filter(([name]) => !names.has(name));
  const ofRoles = byRole.flatMap(([name, limit]) =>
    services
      .filter(({ role }) => role !== undefined && role === roleNamed(name))
      .map((service) => [service.name, limit] as const),
  );
  return { ...Object.fromEntries(ofRoles), ...limits };
}

/**
 * Finds memory limits whose service does not exist. A service of an inactive profile counts as
 * existing, so that profiles can be changed by themselves.
 */
export function memoryLimitFaults(
  { services, allServices = [] }: ComposeModel,
  limits: Limits = {},
): ConfigIssue[] {
  const running = services.map(({ name }) => name);
  const known = new Set([...running, ...allServices]);
  const isRole = (name: string) =>
    services.some(({ role }) => role !== undefined && role === roleNamed(name));
  return Object.keys(limits)
    .filter((name) => !known.has(name) && !isRole(name))
    .map((name) => {
      const field = `memoryLimits.${name}`;
      const pool = poolOf(name);
      if (pool !== undefined) {
        return {
          field,
          message: `${name} runs with the setting workers.${pool} only: set that too`,
        };
      }
      const meant = suggest(name, [...known]);
      const hint = meant === undefined ? "." : `. Did you mean memoryLimits.${meant}?`;
      const message = `no such service${hint} The services are ${running.join(", ")}`;
      return { field, message };
    });
}

/** Role of a name: of the service of that name in Lago's own file, or the role's own name. */
function roleNamed(name: string): string {
  return Object.hasOwn(LAGO_ROLES, name) ? (LAGO_ROLES[name] ?? name) : name;
}

function poolOf(service: string): string | undefined {
  return Object.entries(WORKER_POOLS).find(([, pool]) => pool.service === service)?.[0];
}
