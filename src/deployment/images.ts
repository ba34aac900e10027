/** The very images that containers run: a tag may point to another one by now. */
import { z } from "zod";
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { DeployError } from "../errors.ts";
import { redactUrls } from "../redaction/redact.ts";
import { tryJson } from "../text/json.ts";
import type { ComposeProject } from "./project.ts";
import type { DeployStatus } from "./status.ts";

const TIMEOUT_MS = 30_000;

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
  if (imageIds.length === 0) {
    return new Map();
  }
  try {
    const { stdout } = await callDocker({
      engine,
      purpose: "Looking at images",
      args: ["image", "inspect", "--format", "{{.Id}} {{json .RepoDigests}}", ...imageIds],
      timeoutMs: TIMEOUT_MS,
      signal,
      redact: redactUrls,
    });
    return parseRepoDigests(stdout);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "ImageNotFound") {
      return new Map();
    }
    throw error;
  }
}

const schema = z.array(z.string()).nullable().catch(null);

/** Reads lines of an image's id and its digests as JSON; what is not of that form has none. */
export function parseRepoDigests(text: string): Map<string, readonly string[]> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(" ");
      return [line.slice(0, space), schema.parse(tryJson(line.slice(space + 1))) ?? []];
    }),
  );
}

/** `sha256:` and 64 digits, from the repository that the container's image is named after. */
function digestFor(image: string, digests: readonly string[]): string {
  const repository = image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  const own = digests.find((digest) => digest.startsWith(`${repository}@`)) ?? digests[0] ?? "";
  return own.slice(own.indexOf("@") + 1);
}
