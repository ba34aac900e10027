/** Memory limits of services that do not exist. */

import type { ComposeModel } from "../compose/model.ts";
import type { ConfigIssue } from "../errors.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import { WORKER_POOLS } from "../lago/pools.ts";

/**
 * Finds memory limits whose service does not exist. A service of an inactive profile counts as
 * existing, so that profiles can be changed by themselves.
 */
export function memoryLimitFaults(
  { services, allServices = [] }: ComposeModel,
  limits: Readonly<Record<string, string>> = {},
): ConfigIssue[] {
  const running = services.map(({ name }) => name);
  const known = new Set([...running, ...allServices]);
  return Object.keys(limits)
    .filter((name) => !known.has(name))
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

function poolOf(service: string): string | undefined {
  return Object.entries(WORKER_POOLS).find(([, pool]) => pool.service === service)?.[0];
}
