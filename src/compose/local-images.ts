/** The images that an engine has, by name, and the variables that come with them. */
import { z } from "zod";
import { parseOutput } from "../process/parse-output.ts";
import { variablesOf } from "../text/variables.ts";

/** Makes `docker image ls` print what {@link parseLocalImages} reads. */
export const LOCAL_IMAGES_FORMAT = "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}";

/**
 * Reads `docker image ls --no-trunc --digests` in that format: the content of each image, such as
 * `sha256:…`, by `name:tag` and by `name@digest`.
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

/** A name as compose files have it, in the form of {@link parseLocalImages}'s keys. */
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
 * Reads `docker image inspect`: names of the variables that each image sets, by its content.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of the output
 */
export function parseImageVariables(text: string): Map<string, ReadonlySet<string>> {
  const images = parseOutput(schema, text, "docker image inspect");
  return new Map(
    images.map(({ Id, Config }) => [Id, new Set(Object.keys(variablesOf(Config?.Env ?? [])))]),
  );
}
