/** Images that a deployment needs, told from the model of its compose files. Pure. */
import { interpolate } from "./interpolate.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { isReleasedImage } from "./roles.ts";

/** Parts of an image's name. */
export interface ImageParts {
  readonly repository: string;
  /** `latest` where the name has neither tag nor digest. Undefined beside a digest alone. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits the name of an image, such as `getlago/api:v1.50.0@sha256:…`. */
export function imageParts(image: string): ImageParts {
  const [name = "", digest] = image.split("@", 2);
  const [, repository = name, tag] = /^(.*?)(?::([^:/]*))?$/.exec(name) ?? [];
  return { repository, tag: tag ?? (digest === undefined ? "latest" : undefined), digest };
}

/**
 * Name of an image with another release of Lago in the place of its tag or digest; unchanged for
 * images that are not Lago's own.
 *
 * @param environment values of the variables in the name. Defaults to none
 */
export function releasedImage(
  image: string,
  version: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): string {
  const filledIn = interpolate(image, environment);
  return version === undefined || !isReleasedImage(filledIn)
    ? image
    : `${filledIn.replace(/@.*$/, "").replace(/:[^/]*$/, "")}:${version}`;
}

/**
 * Names the images that the services need. Undefined where only compose can tell: for a service
 * that is built, or that has a pull policy of its own.
 *
 * @param environment values of the variables
 * @param version release of Lago to run. Defaults to the files' own
 */
export function neededImages(
  { services }: ComposeModel,
  environment: Readonly<Record<string, string>>,
  version?: string,
): string[] | undefined {
  const names = services.map((service) => imageOf(service, environment, version));
  return names.every((name) => name !== undefined) ? [...new Set(names)] : undefined;
}

function imageOf(
  { image, definition }: ServiceModel,
  environment: Readonly<Record<string, string>>,
  version: string | undefined,
): string | undefined {
  const isPlain = definition.build === undefined && definition.pull_policy === undefined;
  return image === undefined || !isPlain
    ? undefined
    : interpolate(releasedImage(image, version, environment), environment);
}
