/** The images that an engine has, by name, and the variables that come with them. */
import type { InspectedImage, ListedImage } from "../docker/engine-api.ts";
import { variablesOf } from "../text/variables.ts";

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
