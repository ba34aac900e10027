/** The images that an engine has, by name, and the variables that come with them. */
import type { InspectedImage, ListedImage } from "../docker/engine-api.ts";
import { variablesOf } from "../text/variables.ts";

/** The images that an engine has. */
export interface EngineImages {
  /** Content of an image by its name, such as `sha256:…`; undefined where the engine does not have it. */
  readonly idOf: (name: string) => string | undefined;
  /** Names of the variables that an image sets, by its content. Known for images that containers use. */
  readonly variablesOf: (imageId: string) => ReadonlySet<string> | undefined;
  /** Digests of an image in registries, such as `name@sha256:…`, by its content. */
  readonly digestsOf: (imageId: string) => readonly string[];
}

/**
 * Answers questions about images.
 *
 * @param listed all images of the engine
 * @param inspected the images that containers use
 */
export function engineImages(
  listed: readonly ListedImage[],
  inspected: readonly InspectedImage[],
): EngineImages {
  const byName = imagesByName(listed);
  const variables = imageVariables(inspected);
  const digests = new Map(inspected.map(({ Id, RepoDigests }) => [Id, RepoDigests ?? []]));
  return {
    idOf: (name) => byName.get(imageKey(name)),
    variablesOf: (imageId) => variables.get(imageId),
    digestsOf: (imageId) => digests.get(imageId) ?? [],
  };
}

/** Content of each image, such as `sha256:…`, by `name:tag` and by `name@digest`. */
export function imagesByName(images: readonly ListedImage[]): Map<string, string> {
  return new Map(
    images.flatMap(({ Id, RepoTags, RepoDigests }) =>
      [...(RepoTags ?? []), ...(RepoDigests ?? [])].map((name) => [name, Id] as const),
    ),
  );
}

/** Converts a name in a compose file to the form of {@link imagesByName}'s keys. */
export function imageKey(name: string): string {
  const bare = name.replace(/^(?:docker\.io|index\.docker\.io)\/(?:library\/)?/, "");
  const [beforeDigest = "", digest] = bare.split("@");
  const untagged = beforeDigest.replace(/:[^/]*$/, "");
  if (digest !== undefined) {
    return `${untagged}@${digest}`;
  }
  return beforeDigest === untagged ? `${bare}:latest` : bare;
}

/** Names of the variables that each image sets, by the image's content. */
export function imageVariables(
  images: readonly InspectedImage[],
): Map<string, ReadonlySet<string>> {
  return new Map(
    images.map(({ Id, Config }) => [Id, new Set(Object.keys(variablesOf(Config?.Env ?? [])))]),
  );
}
