/** Risks that a start has for data. */

import { postgresMajorInTag } from "../compose/postgres.ts";
import { isLagoImage, roleOf } from "../compose/roles.ts";
import { compareVersions, parseVersion } from "../docker/version.ts";
import type { DataRisk, PlanInput, ServicePlan } from "./types.ts";
import { absentVolumes } from "./unmatched.ts";

/** A risk that nobody has judged yet. */
type Risk = Omit<DataRisk, "accepted">;

/** Finds the risks of a planned start. */
export function dataRisks(input: PlanInput, services: readonly ServicePlan[]): DataRisk[] {
  const risks = [
    ...lostVolumes(input).map(emptyVolume),
    ...downgrades(services),
    ...services.flatMap((plan) => risksOf(input, plan)),
  ];
  return risks.map((risk) => ({
    ...risk,
    accepted: input.acceptedRisks?.has(risk.name) === true,
  }));
}

/**
 * Volumes that are gone. A volume without which the present containers were made is new: the engine
 * removes no volume that a container uses.
 */
function lostVolumes(input: PlanInput): string[] {
  const { declared, observed } = input;
  const isNew = (name: string) =>
    declared.services.some(
      ({ name: service, spec }) =>
        spec.mounts.some((mount) => mount.startsWith(`${name}:`)) &&
        observed.containers.some((container) => container.service === service),
    );
  return absentVolumes(input).filter((name) => !isNew(name));
}

function emptyVolume(name: string): Risk {
  return {
    name: `empty-volume:${name}`,
    subject: name,
    // A start makes a lost volume again, empty, and succeeds.
    message: `volume ${name} does not exist and would be made EMPTY, although the project was deployed before. If it held data, restore it before the start`,
  };
}

/**
 * Finds the return of Lago's back end to an older release: one risk, of the service that comes from
 * the newest release. After an upgrade that failed, that is the migration. The api goes first among
 * services of one release.
 */
function downgrades(services: readonly ServicePlan[]): Risk[] {
  const found = services.flatMap(({ service, reasons }) =>
    reasons.flatMap((reason) => {
      const [from, to] =
        reason.part === "image" ? [releaseOf(reason.from), releaseOf(reason.to)] : [];
      return from !== undefined && to !== undefined && compareVersions(to.numbers, from.numbers) < 0
        ? [{ service, from, to }]
        : [];
    }),
  );
  const [newest] = found.toSorted(
    (a, b) =>
      compareVersions(b.from.numbers, a.from.numbers) ||
      Number(b.service === "api") - Number(a.service === "api"),
  );
  if (newest === undefined) {
    return [];
  }
  const { service, from, to } = newest;
  return [
    {
      name: `downgrade:${service}`,
      subject: service,
      message: `${service} goes from release ${from.tag} back to ${to.tag}: migrations of the database are not undone by going back, and an older release may not work with the data of a newer one. Restore the backup from before the upgrade instead`,
    },
  ];
}

/** Release of an image of Lago's back end; undefined for other images, and for tags of another form. */
function releaseOf(
  image: string,
): { readonly tag: string; readonly numbers: readonly number[] } | undefined {
  const tag = tagOf(image);
  const numbers = isLagoImage(image, "api") ? parseVersion(tag) : undefined;
  return numbers && { tag, numbers };
}

function risksOf({ declared, observed }: PlanInput, { service, reasons }: ServicePlan): Risk[] {
  const spec = declared.services.find(({ name }) => name === service)?.spec;
  const container = observed.containers.find((one) => one.service === service);
  if (spec === undefined || container === undefined) {
    return [];
  }
  return reasons.flatMap((reason): Risk[] => {
    if (reason.part === "volumes") {
      const kept = new Set(reason.to.map(withoutAccess));
      const lost = reason.from.filter((mount) => !kept.has(withoutAccess(mount)));
      return lost.map((mount) => ({
        name: `unmounted:${service}:${withoutAccess(mount).replace(/^.*:/, "")}`,
        subject: service,
        message: `${service} no longer has ${mount}: what lies there stays, but ${service} does not see it any more`,
      }));
    }
    const isDatabase = roleOf({ ...spec, command: spec.command ?? "" }) === "db";
    if (
      reason.part === "image" &&
      isDatabase &&
      postgresMajorInTag(reason.from) !== postgresMajorInTag(reason.to)
    ) {
      return [
        {
          name: `postgres-image:${service}`,
          subject: service,
          message: `${service} changes from ${reason.from} to ${reason.to}: a major release of PostgreSQL does not read the data of another. Dump the database first and load it into the new one`,
        },
      ];
    }
    return [];
  });
}

/** A mount without its access: a service that may only read a place still sees the data there. */
function withoutAccess(mount: string): string {
  return mount.replace(/:ro$/, "");
}

/** Tag of an image; empty where it has none. */
function tagOf(image: string): string {
  return /:([^/]*)$/.exec(image.replace(/@.*$/, ""))?.[1] ?? "";
}
