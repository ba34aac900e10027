/**
 * What compose leaves when it is killed while it replaces a container. It makes the new one as
 * `<start of the old one's id>_<name>` and renames it once the old one is gone (compose 2.26 and 5.6,
 * read in their source); the next `up` then fails on that name, and goes on failing.
 */
import type { Engine } from "../docker/endpoint-settings.ts";
import { type ListedContainer, listContainers, removeContainer } from "../docker/engine.ts";
import { type HostContainer, hostContainerOf } from "../docker/host-containers.ts";

/**
 * Containers that compose left half made: they never ran, and their name goes on with the project's,
 * so that none is among them that somebody named so.
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
 * Removes a project's half-made containers. Nothing else may be at work on the project meanwhile.
 * Their volumes stay: those are the old containers' too.
 *
 * @returns their names
 */
export async function removeHalfMade(
  project: string,
  engine: Engine,
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
