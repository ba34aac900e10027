/** Risks that a start has for data. */

import { roleOf } from "../compose/roles.ts";
import type { DataRisk, PlanInput, ServicePlan } from "./types.ts";
import { absentVolumes } from "./unmatched.ts";

/** Finds the risks of a planned start. */
export function dataRisks(input: PlanInput, services: readonly ServicePlan[]): DataRisk[] {
  // A start makes a lost volume again, empty, and succeeds.
  const empty = absentVolumes(input).map((name) => ({
    subject: name,
    message: `volume ${name} does not exist and would be made EMPTY, although the project was deployed before. If it held data, restore it before the start`,
  }));
  return [...empty, ...services.flatMap((plan) => risksOf(input, plan))];
}

function risksOf({ declared, observed }: PlanInput, { service, reasons }: ServicePlan): DataRisk[] {
  const spec = declared.services.find(({ name }) => name === service)?.spec;
  const container = observed.containers.find((one) => one.service === service);
  if (spec === undefined || container === undefined) {
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
    const isDatabase = roleOf({ name: service, image: spec.image, command: "" }) === "db";
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

/** A mount without its access: a service that may only read a place still sees the data there. */
function withoutAccess(mount: string): string {
  return mount.replace(/:ro$/, "");
}

/** Major release in an image's tag, such as 15 of `postgres:15.4` or `timescaledb:2-pg15`. */
function majorOf(image: string): string | undefined {
  const tag = /:([^/]*)$/.exec(image.replace(/@.*$/, ""))?.[1] ?? "";
  return (/pg(\d+)/.exec(tag) ?? /(\d+)/.exec(tag))?.[1];
}
