/**
 * Containers of services behind a proxy. The one that gets requests has the name that the proxy
 * knows; see {@link liveName}. Every other container of such a service is left from a replacement
 * that did not end.
 */
import { liveName } from "../compose/behind-proxy.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { InspectedContainer } from "../docker/container-details.ts";
import { removeContainer, renameContainer, stopContainer } from "../docker/engine-api.ts";
import { NUMBER_LABEL } from "../docker/labels.ts";
import type { ComposeProject } from "./project.ts";

/** Time for a container to end by itself before the engine kills it, and for the engine's answer. */
const STOP_TIMEOUT_MS = 120_000;

/** Names of the services that only a proxy reaches. */
export function proxiedServices({ services }: ComposeModel): string[] {
  return services.flatMap(({ name, updateOrder }) => (updateOrder === undefined ? [] : [name]));
}

/** Picks the container of a service that gets requests, or should. Undefined where none is left. */
export function liveAmong(
  containers: readonly InspectedContainer[],
  live: string,
): InspectedContainer | undefined {
  const rank = ({ name, state, health }: InspectedContainer) =>
    (state === "running" ? 4 : 0) +
    (name === live ? 2 : 0) +
    (["", "healthy"].includes(health) ? 1 : 0);
  // Of equals the latest: a replacement ended before its new container was named.
  return containers.toSorted((a, b) => rank(b) - rank(a) || numberOf(b) - numberOf(a))[0];
}

/**
 * Stops and removes the containers that earlier replacements left beside the one that gets requests.
 *
 * @returns names of the removed containers
 */
export async function removeLeftOvers(
  project: ComposeProject,
  services: readonly string[],
): Promise<string[]> {
  const all = await project.containers();
  const removed: string[] = [];
  for (const service of services) {
    const own = all.filter((one) => one.service === service);
    const live = liveAmong(own, liveName(project.name, service));
    for (const one of own.filter(({ id }) => id !== live?.id)) {
      await retire(project, one);
      removed.push(one.name);
    }
  }
  return removed;
}

/** Gives the container of each service the name that the proxy knows. */
export async function nameLive(
  project: ComposeProject,
  services: readonly string[],
): Promise<void> {
  const all = await project.containers();
  for (const service of services) {
    const name = liveName(project.name, service);
    const own = all.filter((one) => one.service === service);
    const live = liveAmong(own, name);
    if (live !== undefined && live.name !== name) {
      await rename(project, live, name);
    }
  }
}

/** Moves the name that the proxy knows from one running container to another. */
export async function moveName(
  project: ComposeProject,
  from: InspectedContainer,
  to: InspectedContainer,
): Promise<void> {
  const name = liveName(project.name, from.service);
  await rename(project, from, composeName(project, from));
  try {
    await rename(project, to, name);
  } catch (error) {
    await rename(project, { ...from, name: composeName(project, from) }, name);
    throw error;
  }
}

function composeName(project: ComposeProject, one: InspectedContainer): string {
  return `${project.name}-${one.service}-${numberOf(one)}`;
}

/** Stops a container by its own signal and grace period, and removes the container. */
export async function retire(
  project: ComposeProject,
  { id, name }: Pick<InspectedContainer, "id" | "name">,
): Promise<void> {
  const call = { ...project.callFor(`Removing the container ${name}`), timeoutMs: STOP_TIMEOUT_MS };
  await stopContainer(call, id);
  await removeContainer(call, id);
}

async function rename(
  project: ComposeProject,
  { id, name: from }: InspectedContainer,
  to: string,
): Promise<void> {
  if (from !== to) {
    // Not to be canceled: between two names no request reaches the service.
    const { signal: _, ...call } = project.callFor(`Naming the container ${from} ${to}`);
    await renameContainer(call, id, to);
  }
}

function numberOf({ labels }: InspectedContainer): number {
  return Number(labels[NUMBER_LABEL] ?? 1);
}
