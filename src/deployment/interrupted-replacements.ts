/**
 * Containers that compose leaves behind when it is killed while replacing a container. Compose
 * makes the new container as `<start of the old one's id>_<name>` and renames it once the old one
 * is removed (compose 2.26 and 5.6, read in their source). Until the half-made one is removed,
 * every later `up` fails on its name.
 */
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { type ListedContainer, listContainers, removeContainer } from "../docker/engine-api.ts";
import { type HostContainer, hostContainerOf } from "../observe/host-containers.ts";

/**
 * Finds the containers that compose left half made. They never ran, and the project's name follows
 * in theirs, so that no container is among them that somebody gave such a name.
 */
export function halfMadeAmong(
  listed: readonly ListedContainer[],
  project: string,
): HostContainer[] {
  return listed
    .filter(({ State }) => State === "created")
    .map(hostContainerOf)
    .filter(({ name }) => /^[0-9a-f]{12}_/.test(name) && name.slice(13).startsWith(`${project}-`));
}

/**
 * Removes a project's half-made containers. Nothing else may change the project in the meantime.
 * Their volumes stay, since the old containers have the same ones.
 *
 * @returns names of the removed containers
 */
export async function removeInterruptedReplacements(
  project: string,
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<string[]> {
  const purpose = `Removing what an earlier run left half made of project ${project}`;
  const call = { engine, purpose, signal };
  const found = halfMadeAmong(await listContainers(call, { project, state: "created" }), project);
  for (const { id } of found) {
    await removeContainer(call, id);
  }
  return found.map(({ name }) => name);
}
