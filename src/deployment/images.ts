/** The very images that containers run: a tag may point to another one by now. */
import type { Engine } from "../docker/endpoint-settings.ts";
import { inspectImage } from "../docker/engine.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { ComposeProject } from "./project.ts";
import type { DeployStatus } from "./status.ts";

/** The status of a project, each container with the id and the digest of its image. */
export async function statusWithImages(
  project: ComposeProject,
  signal?: AbortSignal,
): Promise<DeployStatus> {
  return await withImages(project, await project.status(), signal);
}

/** The same for a status that is known. */
export async function withImages(
  project: ComposeProject,
  status: DeployStatus,
  signal?: AbortSignal,
): Promise<DeployStatus> {
  const inspected = await project.inspect(status.containers.map(({ id }) => id));
  const imageIds = [...new Set(inspected.map(({ imageId }) => imageId))];
  const digests = await repoDigests(imageIds, project.engine, signal);
  const containers = status.containers.map((container) => {
    const imageId = inspected.find(({ id }) => id.startsWith(container.id))?.imageId ?? "";
    const imageDigest = digestFor(container.image, digests.get(imageId) ?? []);
    return { ...container, imageId, imageDigest };
  });
  return { ...status, containers };
}

/** Digests by image id; none where an image was removed while its container runs on. */
async function repoDigests(
  imageIds: readonly string[],
  engine: Engine,
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

/** `sha256:` and 64 digits, from the repository that the container's image is named after. */
function digestFor(image: string, digests: readonly string[]): string {
  const repository = image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  const own = digests.find((digest) => digest.startsWith(`${repository}@`)) ?? digests[0] ?? "";
  return own.slice(own.indexOf("@") + 1);
}
