/** Where a start puts data at stake. */

import { roleOf } from "../compose/roles.ts";
import type { DataRisk, PlanSubject, ServicePlan } from "./types.ts";

/** Finds them in what is about to happen. */
export function dataRisks(subject: PlanSubject, services: readonly ServicePlan[]): DataRisk[] {
  // A volume that is gone comes back empty, which looks like a start that went well.
  const empty = missingVolumes(subject).map((name) => ({
    subject: name,
    message: `volume ${name} does not exist and would be made EMPTY, although the project was deployed before. If it held data, restore it before the start`,
  }));
  return [...empty, ...services.flatMap((plan) => risksOf(subject, plan))];
}

/** Declared volumes that do not exist; none of a project that was never deployed. */
export function missingVolumes({
  declared,
  observed,
}: Pick<PlanSubject, "declared" | "observed">): string[] {
  const isNew = observed.volumes.length === 0 && observed.containers.length === 0;
  return isNew ? [] : declared.volumes.filter((name) => !observed.volumes.includes(name));
}

function risksOf(
  { declared, observed }: PlanSubject,
  { service, reasons }: ServicePlan,
): DataRisk[] {
  const facts = declared.services.find(({ name }) => name === service)?.facts;
  const container = observed.containers.find((one) => one.service === service);
  if (facts === undefined || container === undefined) {
    return [];
  }
  return reasons.flatMap((reason): DataRisk[] => {
    if (reason.part === "volumes") {
      const kept = new Set(reason.to.map(withoutAccess));
      const lost = reason.from.filter((mount) => !kept.has(withoutAccess(mount)));
      return lost.map((mount) => ({
        subject: service,
        message: `${service} no longer has ${mount}: what lies there stays, but ${service} does not see it any more`,
      }));
    }
    const isDatabase = roleOf({ name: service, image: facts.image, command: "" }) === "db";
    if (reason.part === "image" && isDatabase && majorOf(reason.from) !== majorOf(reason.to)) {
      return [
        {
          subject: service,
          message: `${service} changes from ${reason.from} to ${reason.to}: a major release of PostgreSQL does not read the data of another. Dump the database first and load it into the new one`,
        },
      ];
    }
    return [];
  });
}

/** A mount without whether it may be written to: who only reads a place still sees it. */
function withoutAccess(mount: string): string {
  return mount.replace(/:ro$/, "");
}

/** The major release that an image's tag tells, such as 15 of `postgres:15.4` or `timescaledb:2-pg15`. */
function majorOf(image: string): string | undefined {
  const tag = /:([^/]*)$/.exec(image.replace(/@.*$/, ""))?.[1] ?? "";
  return (/pg(\d+)/.exec(tag) ?? /(\d+)/.exec(tag))?.[1];
}
