import { imageParts } from "../../compose/images.ts";
import { isAllInOne, isReleasedImage } from "../../compose/roles.ts";
import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";
import type { Fault } from "../types.ts";

export const SERVICE_CHECKS: readonly Check[] = [
  {
    id: "release-differs",
    finds: "a migration, workers or a clock of another release than the api",
    run: (context) => {
      const [api, ...others] = context.withRole("api");
      const services = [...context.withRole("migrate", "worker", "clock"), ...others];
      return api === undefined
        ? []
        : services.flatMap((service) => releaseFaults(context, api, service));
    },
  },
  {
    id: "api-not-found",
    finds: "files without a service that is recognized as Lago's api",
    only: "lint",
    run: (context) => {
      const allInOne = context.services.filter(({ image }) => isAllInOne(image));
      if (context.services.length === 0 || context.withRole("api").length > 0) {
        return [];
      }
      return allInOne.length > 0
        ? allInOne.map(({ name }) => ({
            field: `services.${name}.image`,
            severity: "warning",
            reason: "runs all of Lago in one container, whose settings are not judged",
            remedy:
              "deploy the images getlago/api and getlago/front, as Lago's own compose file does",
          }))
        : [
            {
              field: "services",
              severity: "warning",
              reason: "include none that is recognized as Lago's api, so that little is judged",
              remedy: "name all compose files, with --file, and the profiles, with --profile",
            },
          ];
    },
  },
];

/** Compares the release of a service's image with the api's, where the names of the images tell. */
function releaseFaults(context: CheckContext, api: Service, service: Service): Fault[] {
  const [own, apis] = [context.imageOf(service), context.imageOf(api)];
  const versions = differingVersions(own, apis);
  if (versions === undefined) {
    return [];
  }
  const danger =
    service.role === "migrate"
      ? "the database would get the tables of another release than Lago works with"
      : "jobs and data of one release would meet the code of another";
  return [
    {
      field: `services.${service.name}.image`,
      severity: "warning",
      reason: `is ${versions.own}, and that of ${api.name} is ${versions.other}: ${danger}`,
      remedy: `name one tag for all services of Lago's back end`,
    },
  ];
}

/**
 * Returns the versions of two images of Lago that cannot be the same release; undefined for others,
 * such as an image that somebody numbers otherwise, or a tag beside a mere digest.
 */
function differingVersions(own: string, other: string) {
  const [a, b] = [imageParts(own), imageParts(other)];
  const isComparable =
    a.repository === b.repository || (isReleasedImage(own) && isReleasedImage(other));
  if (own === "" || other === "" || !isComparable) {
    return undefined;
  }
  if (a.tag !== undefined && b.tag !== undefined) {
    return releaseOf(a.tag) === releaseOf(b.tag) ? undefined : { own: a.tag, other: b.tag };
  }
  const isTagAlone = a.digest === undefined || b.digest === undefined;
  return isTagAlone || a.digest === b.digest ? undefined : { own: a.digest, other: b.digest };
}

/** Release in a tag such as `v1.50.0` or `1.50.0-patched`, else the tag. */
function releaseOf(tag: string): string {
  return /^v?(\d+\.\d+\.\d+)(?![\d.])/.exec(tag)?.[1] ?? tag;
}
