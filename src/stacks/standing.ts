/** Standing of a deployment's services: which run, and which an operation has touched. */

import { ComposeProject } from "../deployment/project.ts";
import type { InspectedContainer } from "../docker/container-details.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { listVolumes } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import { onDeployError } from "../errors.ts";
import type { PlannedService } from "../pipeline/deployments.ts";
import { sentenceList } from "../text/list.ts";

/** Deadline of a look at the engine, in milliseconds: a person waits for the message. */
const LOOK_TIMEOUT_MS = 15_000;

/** Project of a deployment, and its engine. */
export interface ProjectAddress {
  readonly projectName: string;
  readonly engine: DockerEndpoint;
}

/** Containers of a project at one moment. */
export interface Standing extends ProjectAddress {
  /** Undefined where the engine did not answer. */
  readonly containers: readonly InspectedContainer[] | undefined;
}

/** Inspects the containers of projects. An engine that does not answer is no error. */
export async function standingOf(projects: readonly ProjectAddress[]): Promise<Standing[]> {
  return await Promise.all(
    projects.map(async ({ projectName, engine }) => {
      // Without the caller's signal: this is asked after a stop, too.
      const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS);
      const containers = await onDeployError(
        async () => await new ComposeProject(projectName, { ...engine, signal }).containers(),
        () => undefined,
      );
      return { projectName, engine, containers };
    }),
  );
}

/**
 * Lists the volumes of a project, running or not.
 *
 * @throws DeployError when the engine does not answer
 */
export async function volumesOf(
  { projectName, engine }: ProjectAddress,
  signal: AbortSignal,
): Promise<string[]> {
  const purpose = `Reading the volumes of project ${projectName}`;
  const found = await listVolumes({ engine, purpose, signal }, `${PROJECT_LABEL}=${projectName}`);
  return found.map(({ Name }) => Name).sort();
}

/** Whether any container runs; undefined where an engine did not answer. */
export function isRunning(standings: readonly Standing[]): boolean | undefined {
  const containers = standings.flatMap((one) => one.containers ?? []);
  if (containers.some(isUp)) {
    return true;
  }
  return standings.some((one) => one.containers === undefined) ? undefined : false;
}

/**
 * Describes which services of a project run, in one sentence.
 *
 * @param declared services that should run. Defaults to those that have containers
 */
export function standingText(
  { projectName, containers }: Standing,
  declared: readonly PlannedService[] = servicesOf(containers ?? []),
): string {
  if (containers === undefined) {
    return `The Docker engine does not answer, so the services of project ${projectName} cannot be counted.`;
  }
  const lasting = declared.filter(({ oneShot }) => !oneShot).map(({ name }) => name);
  const down = downServices(containers, lasting);
  const up = lasting.length - down.length;
  if (lasting.length === 0 || up === 0) {
    return `No service of project ${projectName} runs.`;
  }
  return down.length === 0
    ? lasting.length === 1
      ? `The one service of project ${projectName} runs.`
      : `All ${lasting.length} services of project ${projectName} run.`
    : `Of project ${projectName}, ${up} of ${lasting.length} services run; ${sentenceList(down)} ${down.length === 1 ? "is" : "are"} down.`;
}

/** Names the services of which a container is new, gone, started or stopped since an earlier look. */
export function touchedServices(before: Standing | undefined, now: Standing): string[] {
  const was = runsOf(before?.containers ?? []);
  const is = runsOf(now.containers ?? []);
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.filter((name) => was.get(name) !== is.get(name)).sort();
}

/** Names the services that ran at an earlier look and do not run now. */
export function stoppedServices(before: Standing | undefined, now: Standing): string[] {
  const ran = (before?.containers ?? []).filter(isUp).map(({ service }) => service);
  return downServices(now.containers ?? [], [...new Set(ran)].sort());
}

function downServices(
  containers: readonly InspectedContainer[],
  services: readonly string[],
): string[] {
  return services.filter((name) => !containers.some((one) => one.service === name && isUp(one)));
}

function isUp({ state }: InspectedContainer): boolean {
  return state === "running";
}

/** Identifies each run of a service's containers. */
function runsOf(containers: readonly InspectedContainer[]): Map<string, string> {
  const runs = new Map<string, string>();
  for (const { service, id, startedAt, state } of containers) {
    runs.set(service, `${runs.get(service) ?? ""} ${id} ${startedAt} ${state}`);
  }
  return runs;
}

/** Collects the services of containers. A container that ended well and is not started again was a one-shot. */
export function servicesOf(containers: readonly InspectedContainer[]): PlannedService[] {
  const services = new Map<string, boolean>();
  for (const { service, state, exitCode, restarts, mayEnd } of containers) {
    const oneShot = state === "exited" && exitCode === 0 && !restarts && mayEnd !== false;
    services.set(service, oneShot && services.get(service) !== false);
  }
  return [...services].map(([name, oneShot]) => ({ name, oneShot }));
}
