/** Images of an engine, by name, and the variables that they set. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { variablesOf } from "../text/variables.ts";

/** Format of `docker image ls` that {@link parseLocalImages} reads. */
export const LOCAL_IMAGES_FORMAT = "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}";

/**
 * Parses `docker image ls --no-trunc --digests` in {@link LOCAL_IMAGES_FORMAT}: the image ID, such
 * as `sha256:…`, by `name:tag` and by `name@digest`.
 */
export function parseLocalImages(text: string): Map<string, string> {
  const images = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [repository = "", tag, digest, id] = line.trim().split("\t");
    if (id === undefined) {
      continue;
    }
    images.set(`${repository}:${tag}`, id);
    images.set(`${repository}@${digest}`, id);
  }
  return images;
}

/** Turns an image name of a compose file into a key of {@link parseLocalImages}'s result. */
export function imageKey(name: string): string {
  const bare = name.replace(/^(?:docker\.io|index\.docker\.io)\/(?:library\/)?/, "");
  const [beforeDigest = "", digest] = bare.split("@");
  const untagged = beforeDigest.replace(/:[^/]*$/, "");
  if (digest !== undefined) {
    return `${untagged}@${digest}`;
  }
  return beforeDigest === untagged ? `${bare}:latest` : bare;
}

const schema = z.array(
  z.looseObject({
    Id: z.string(),
    Config: z.looseObject({ Env: z.array(z.string()).nullish() }).nullish(),
  }),
);

/**
 * Parses `docker image inspect`: names of the variables that each image sets, by image ID.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of the output
 */
export function parseImageVariables(text: string): Map<string, ReadonlySet<string>> {
  const parsed = schema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `docker image inspect` is not of the expected form. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
    );
  }
  return new Map(
    parsed.data.map(({ Id, Config }) => [Id, new Set(Object.keys(variablesOf(Config?.Env ?? [])))]),
  );
}
