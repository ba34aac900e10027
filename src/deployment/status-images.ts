/** Images that containers run, by content: a tag may mean another image by now. */

import type { InspectedContainer } from "../docker/container-details.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { inspectImage } from "../docker/engine-api.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { ComposeProject } from "./project.ts";
import type { DeployStatus } from "./status.ts";

/** Adds the id and the digest of its image to each container of a status. */
export async function withImages(
  project: ComposeProject,
  status: DeployStatus,
  signal?: AbortSignal,
): Promise<DeployStatus> {
  const inspected = await project.inspect(status.containers.map(({ id }) => id));
  const imageIds = [...new Set(inspected.map(({ imageId }) => imageId))];
  const digests = await repoDigests(imageIds, project.engine, signal);
  return addImages(status, inspected, (imageId) => digests.get(imageId) ?? []);
}

/**
 * Adds the id and the digest of its image to each container of a status.
 *
 * @param digestsOf digests of an image in registries, by the image's id
 */
export function addImages(
  status: DeployStatus,
  inspected: readonly Pick<InspectedContainer, "id" | "imageId">[],
  digestsOf: (imageId: string) => readonly string[],
): DeployStatus {
  const containers = status.containers.map((container) => {
    const imageId = inspected.find(({ id }) => id.startsWith(container.id))?.imageId ?? "";
    return { ...container, imageId, imageDigest: digestFor(container.image, digestsOf(imageId)) };
  });
  return { ...status, containers };
}

/** Digests by image id. None for an image that was removed while its container runs. */
async function repoDigests(
  imageIds: readonly string[],
  engine: DockerEndpoint,
  signal: AbortSignal | undefined,
): Promise<Map<string, readonly string[]>> {
  const call = { engine, purpose: "Looking at images", signal };
  const images = await allSettledOrThrow(imageIds.map((id) => inspectImage(call, id)));
  return new Map(
    images.flatMap((image) =>
      image === undefined ? [] : [[image.Id, image.RepoDigests ?? []] as const],
    ),
  );
}

/** `sha256:` and 64 digits of the image's digest in the repository that the container names. */
function digestFor(image: string, digests: readonly string[]): string {
  const repository = image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  const own = digests.find((digest) => digest.startsWith(`${repository}@`)) ?? digests[0] ?? "";
  return own.slice(own.indexOf("@") + 1);
}
