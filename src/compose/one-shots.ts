/** Services that run once and end, by their role where they have one, and by their behavior. */
import { containerDetails, type UnredactedContainer } from "../docker/container-details.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import type { Role } from "../lago/catalogue/types.ts";
import { traitsOfContainer } from "./container-role.ts";
import { roleOf, type ServiceTraits } from "./roles.ts";

/** Roles whose work has no end. */
const LASTING: ReadonlySet<Role> = new Set([
  ...(["api", "worker", "clock", "front", "db", "redis", "proxy"] as const),
]);

/**
 * Whether a service of a role is a one-shot, whatever its name: the migration of the database, or the
 * making of keys.
 */
export function isOneShotRole(role: Role | undefined): boolean {
  return role === "migrate" || role === "compose";
}

/**
 * Whether a container that ends with exit code 0 has done its work: the engine does not restart the
 * container then, and nothing tells that the service is to last. A health check, a published port,
 * and most roles tell that.
 */
export function mayEnd(container: EngineContainer): boolean {
  const { Config, HostConfig } = container;
  const policy = HostConfig.RestartPolicy?.Name ?? "";
  const isChecked = (Config.Healthcheck?.Test ?? []).some((word) => word !== "NONE");
  const isPublished = Object.keys(HostConfig.PortBindings ?? {}).length > 0;
  const traits = traitsOfContainer(container);
  return ["", "no", "on-failure"].includes(policy) && !isChecked && !isPublished && !lasts(traits);
}

/** Reads the details of inspected containers, and whether their work has an end. */
export function inspectedDetails(inspected: readonly EngineContainer[]): UnredactedContainer[] {
  return containerDetails(inspected).map((details, index) => ({
    ...details,
    mayEnd: mayEnd(inspected[index] as EngineContainer),
  }));
}

/** Whether a service with these traits has work without an end. */
function lasts(traits: ServiceTraits): boolean {
  const role = roleOf(traits);
  if (role === undefined || !LASTING.has(role)) {
    return false;
  }
  return role !== "worker" || isWorker(traits);
}

/** A command of Lago's back end that is not known has the role of a worker, and may be any task. */
function isWorker({ command }: ServiceTraits): boolean {
  return command === "" || /worker|sidekiq|consumer/.test(command);
}
