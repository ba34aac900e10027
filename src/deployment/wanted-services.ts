/** Services that a deployment should have, as the compose files or its containers tell. */
import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import { awaitedServices } from "../docker/labels.ts";
import type { PsContainer } from "../docker/ps-container.ts";
import { isKnownOneShot } from "../lago/one-shots.ts";

/** A service that should have containers. */
export interface WantedService {
  readonly name: string;
  /** Number of containers, 1 or more. */
  readonly replicas: number;
  /** Whether the service runs once and ends. */
  readonly oneShot: boolean;
}

/** A service of which only the name and the number of containers are known. */
export function wantedService(name: string, replicas = 1): WantedService {
  return { name, replicas, oneShot: isKnownOneShot(name) };
}

/** Services that compose files declare. */
export function wantedServices({ services }: Pick<ComposeModel, "services">): WantedService[] {
  return services.map((service) => ({
    name: service.name,
    replicas: replicasOf(service),
    oneShot: service.oneShot,
  }));
}

/**
 * Services that containers know of: their own, and those that they wait for. A service that no
 * container waits for is unknown once its own containers are gone.
 */
export function impliedServices(
  containers: readonly Pick<PsContainer, "service" | "labels">[],
): WantedService[] {
  const awaited = containers.flatMap(({ labels }) => awaitedServices(labels));
  const oneShots = new Set(
    awaited.filter(({ untilCompletion }) => untilCompletion).map(({ name }) => name),
  );
  const names = [...containers.map(({ service }) => service), ...awaited.map(({ name }) => name)];
  return [...new Set(names)].sort().map((name) => ({
    name,
    replicas: 1,
    oneShot: isKnownOneShot(name) || oneShots.has(name),
  }));
}

/** Number of containers of each service that has several; undefined where none has. */
export function severalReplicas(
  model: Pick<ComposeModel, "services">,
): Record<string, number> | undefined {
  const several = wantedServices(model).filter(({ replicas }) => replicas > 1);
  return several.length === 0
    ? undefined
    : Object.fromEntries(several.map(({ name, replicas }) => [name, replicas]));
}

/** Number of containers; 1 where the files leave the number to a variable. */
function replicasOf({ definition: { scale, deploy } }: ServiceModel): number {
  const replicas = typeof deploy === "object" && deploy !== null && "replicas" in deploy;
  const count = Number((replicas ? deploy.replicas : scale) ?? 1);
  return Number.isInteger(count) && count > 0 ? count : 1;
}
