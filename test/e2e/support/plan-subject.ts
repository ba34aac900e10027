/** A deployment without Pulumi, and what really became of its containers between two looks. */

import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { BUNDLED_LAGO_PATH } from "../../../src/lago/bundled-file.ts";
import type { ServiceAction } from "../../../src/plan/types.ts";
import { docker } from "../../../testing/docker.ts";

/** A deployment of the bundled file, whose options may change from step to step. */
export function bundledDeployment(
  options: LagoDeploymentOptions & { readonly projectName: string },
): LagoDeployment {
  return new LagoDeployment(BUNDLED_LAGO_PATH, options);
}

/** The containers of a project by service: each with its id and when it was started. */
export type Snapshot = ReadonlyMap<string, readonly string[]>;

/** Looks at the containers, running or not. */
export async function snapshot(project: string): Promise<Snapshot> {
  const filter = `label=com.docker.compose.project=${project}`;
  const ids = (await docker("container", "ls", "--all", "--quiet", "--filter", filter))
    .split("\n")
    .filter((id) => id !== "");
  const services = new Map<string, string[]>();
  if (ids.length === 0) {
    return services;
  }
  const format =
    '{{index .Config.Labels "com.docker.compose.service"}} {{.Id}} {{.State.StartedAt}}';
  const lines = await docker("container", "inspect", "--format", format, ...ids);
  for (const line of lines.split("\n").sort()) {
    const [service = "", ...rest] = line.split(" ");
    services.set(service, [...(services.get(service) ?? []), rest.join(" ")]);
  }
  return services;
}

/** What became of each service, in the words of a plan. */
export function whatHappened(
  before: Snapshot,
  after: Snapshot,
  oneShots: ReadonlySet<string>,
): Record<string, ServiceAction> {
  const names = new Set([...before.keys(), ...after.keys()]);
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const [old, now] = [before.get(name) ?? [], after.get(name) ?? []];
      return [name, actionOf(old, now, oneShots.has(name))];
    }),
  );
}

function actionOf(old: readonly string[], now: readonly string[], oneShot: boolean): ServiceAction {
  const idsOf = (all: readonly string[]) => all.map((one) => one.split(" ")[0] ?? "");
  const kept = idsOf(old).filter((id) => idsOf(now).includes(id));
  if (now.length === 0) {
    return "removed";
  }
  if (old.length === 0) {
    return "created";
  }
  if (kept.length < Math.min(old.length, now.length)) {
    return "recreated";
  }
  if (now.length !== old.length) {
    return now.length > old.length ? "created" : "removed";
  }
  const same = old.every((one) => now.includes(one));
  return same ? "stays" : oneShot ? "runs again" : "restarted";
}
