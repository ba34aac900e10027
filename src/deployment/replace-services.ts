/**
 * Replaces services behind a proxy one by one, so that no request is lost. Before a container stops,
 * the name that the proxy knows has moved away from it: a proxy that looks the name up every second
 * sends nothing to a container that is about to stop, and gets the answers to requests on their way.
 */

import { liveName } from "../compose/behind-proxy.ts";
import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import type { InspectedContainer } from "../docker/container-details.ts";
import { startContainer } from "../docker/engine-api.ts";
import { isAlone } from "../plan/interruptions.ts";
import type { Plan } from "../plan/types.ts";
import { pause } from "../process/async.ts";
import { liveAmong, moveName, nameLive, retire } from "./live-containers.ts";
import type { ComposeProject } from "./project.ts";
import type { StartRun } from "./start-run.ts";
import type { DeployStatus } from "./status.ts";

/**
 * Time from the move of a name to the stop of the old container: for a proxy that keeps the old
 * address for a second, and for requests on their way.
 */
const DRAIN_MS = 3_000;

/** A service that is replaced by itself. */
export interface Replacement {
  readonly service: string;
  /** Whether the new container is ready before the old one stops. */
  readonly startFirst: boolean;
}

/** The services of a plan that are replaced by themselves, dependencies first. */
export function replacementsIn({ services }: Plan): Replacement[] {
  return services.flatMap(({ service, interruption }) =>
    isAlone(interruption) ? [{ service, startFirst: interruption?.how === "start first" }] : [],
  );
}

/**
 * Starts the deployment in steps: what the replaced services need, such as the migration; then the
 * replaced services, one after another; then all.
 *
 * The replaced containers are made with compose's `create`, and not with `up`, which would run the
 * migration once more for each. Never with `--no-deps`: compose before 2.29 makes another hash of a
 * service without its dependencies, and replaces the container in its next `up`.
 *
 * @param replacements at least one, dependencies first
 */
export async function startInSteps(
  run: StartRun,
  model: ComposeModel,
  replacements: readonly Replacement[],
  removeOrphans: boolean,
): Promise<DeployStatus> {
  const { deployment } = run;
  const replaced = replacements.map(({ service }) => service);
  const needed = neededBy(replaced, model);
  if (needed.length > 0) {
    const names = needed.map(({ name }) => name);
    await run.step((call) => deployment.startServices(names, call), needed);
  }
  for (const { service, startFirst } of replacements) {
    const how = startFirst
      ? "starting the new container beside the old one"
      : "replacing the container while the proxy holds requests";
    deployment.options.onProgress?.({ service, message: `${service}: ${how}` });
    await (startFirst ? startBeside : replaceHeld)(run, model, service);
  }
  return await run.step((call) => deployment.start({ ...call, removeOrphans }), model.services);
}

/** Starts a second container, waits until it is ready, and moves the name to it. */
async function startBeside(run: StartRun, model: ComposeModel, service: string): Promise<void> {
  const { deployment } = run;
  const { project } = deployment;
  const old = await liveOf(project, service);
  await run.step(
    async (call) => {
      await deployment.createContainer(service, true, call);
      await startAllOf(project, service);
    },
    ofService(model, service),
  );
  const next = (await containersOf(project, service)).find(({ id }) => id !== old?.id);
  if (old !== undefined && next !== undefined) {
    await moveName(project, old, next);
    await pause(DRAIN_MS, deployment.options.signal);
    // Before compose is called again: of two containers it would remove one itself.
    await retire(project, old);
  }
}

/** Has compose replace the container, and gives the new one the name. */
async function replaceHeld(run: StartRun, model: ComposeModel, service: string): Promise<void> {
  const { deployment } = run;
  const { project } = deployment;
  await run.step(
    async (call) => {
      try {
        await deployment.createContainer(service, false, call);
        await startAllOf(project, service);
      } finally {
        // As soon as there is a new container: the proxy tries until it answers.
        await nameLive(project, [service]);
      }
    },
    ofService(model, service),
  );
}

async function startAllOf(project: ComposeProject, service: string): Promise<void> {
  const call = project.callFor(`Starting the service ${service}`);
  for (const { id } of await containersOf(project, service)) {
    await startContainer(call, id);
  }
}

async function liveOf(project: ComposeProject, service: string) {
  return liveAmong(await containersOf(project, service), liveName(project.name, service));
}

async function containersOf(project: ComposeProject, name: string): Promise<InspectedContainer[]> {
  return (await project.containers()).filter(({ service }) => service === name);
}

function ofService({ services }: ComposeModel, service: string): ServiceModel[] {
  return services.filter(({ name }) => name === service);
}

/** Services that others need, also by others, without those themselves. */
function neededBy(names: readonly string[], { services }: ComposeModel): ServiceModel[] {
  const needed = new Set<string>();
  const visit = (name: string) => {
    const { depends_on: dependencies } =
      services.find((one) => one.name === name)?.definition ?? {};
    for (const dependency of Object.keys(dependencies ?? {})) {
      if (!needed.has(dependency)) {
        needed.add(dependency);
        visit(dependency);
      }
    }
  };
  for (const name of names) {
    visit(name);
  }
  return services.filter(({ name }) => needed.has(name) && !names.includes(name));
}
