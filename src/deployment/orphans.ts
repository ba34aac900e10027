import type { ComposeModel } from "../compose/model.ts";
import { WORKER_POOLS } from "../lago/pools.ts";
import type { DeployStatus } from "./status.ts";

const WORKER_SERVICES: ReadonlySet<string> = new Set(
  Object.values(WORKER_POOLS).map(({ service }) => service),
);

/** Services that have containers and that the deployment no longer declares. */
export interface Orphans {
  readonly services: readonly string[];
  /**
   * Whether all of them are workers that a setting once added. The removal of the setting then
   * removes them.
   */
  readonly removable: boolean;
}

/**
 * Finds the orphans of a deployment. A service that somebody else added to the project is never
 * removable.
 */
export function orphansOf(model: ComposeModel, status: DeployStatus): Orphans {
  const declared = new Set(model.services.map(({ name }) => name));
  const services = status.services.map(([name]) => name).filter((name) => !declared.has(name));
  return {
    services,
    removable: isRemovable(services),
  };
}

/** Whether all services are workers. Compose removes either every orphan or none. */
export function isRemovable(services: readonly string[]): boolean {
  return services.length > 0 && services.every((name) => WORKER_SERVICES.has(name));
}
