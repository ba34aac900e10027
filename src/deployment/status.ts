import { containerNumber, isOneOff } from "../docker/labels.ts";
import type { PsContainer, PublishedPort } from "../docker/ps-container.ts";
import { impliedServices, type WantedService } from "./wanted-services.ts";

/** State of a service, in one word. */
export const ServiceStatus = {
  /** The service's container runs. */
  Running: "Running",
  /** The service's container ended, was stopped or is dead. */
  Stopped: "Stopped",
  /** The service's container ended with exit code 0, and its work is done. */
  Completed: "Completed",
  /** The service's container was created, and was not started yet. */
  Created: "Created",
  /** The service's container is being started. */
  Starting: "Starting",
  /** The service should run, and has no container. */
  Missing: "Missing",
  /** Docker reports another state, or does not answer. */
  Unknown: "Unknown",
} as const;

/** An entry of {@link ServiceStatus}. */
export type ServiceStatus = (typeof ServiceStatus)[keyof typeof ServiceStatus];

const BY_STATE: Readonly<Record<string, ServiceStatus>> = {
  running: ServiceStatus.Running,
  exited: ServiceStatus.Stopped,
  stopped: ServiceStatus.Stopped,
  dead: ServiceStatus.Stopped,
  starting: ServiceStatus.Starting,
  created: ServiceStatus.Created,
};

/** Converts docker's word for a container's state to a status. */
export function serviceStatusOf(state: string): ServiceStatus {
  return BY_STATE[state.toLowerCase()] ?? ServiceStatus.Unknown;
}

/** One container of a deployment. */
export interface ContainerStatus {
  readonly service: string;
  readonly name: string;
  /** Number of the container among those of its service, from 1. */
  readonly index: number;
  readonly id: string;
  readonly status: ServiceStatus;
  /** Docker's own word: running, exited, created, restarting, paused, dead. */
  readonly state: string;
  /** healthy, unhealthy, starting, or empty where the service has no health check. */
  readonly health: string;
  /** Exit code of a container that ended; 0 while it runs. */
  readonly exitCode: number;
  /** Name of the image. The name may mean another image by now. */
  readonly image: string;
  /**
   * Id of the image that the container runs, `sha256:` and 64 digits. Absent where it was not
   * requested.
   */
  readonly imageId?: string;
  /**
   * Digest of that image in its registry, `sha256:` and 64 digits; empty for an image from no
   * registry. Absent where it was not requested.
   */
  readonly imageDigest?: string;
  readonly ports: readonly PublishedPort[];
  /** Whether the image is a stand-in and not Lago's own. */
  readonly standIn: boolean;
}

/** State of a deployment. */
export interface DeployStatus {
  /** Whether any service runs. */
  readonly running: boolean;
  /**
   * Whether every service is up: all of its containers run, and are healthy where there is a health
   * check; a one-shot has ended with exit code 0, or its container was removed. A service that ended
   * with exit code 0 and is not meant to last is as good. The services are
   * those that the compose files declare. Where only the name of the project is known, they are
   * those that have containers, and those that these wait for.
   */
  readonly ready: boolean;
  /** Each service with its status, sorted by name. Missing one-shots are left out. */
  readonly services: [name: string, status: ServiceStatus][];
  /** The containers behind the services, sorted by service and name. */
  readonly containers: readonly ContainerStatus[];
}

/** Label of stand-in images, which replace Lago's where no image registry answers. */
const STAND_IN_LABEL = "z-billing-lago.stand-in";

/**
 * Summarizes the list of `docker compose ps`. Leaves out containers of `docker compose run`.
 *
 * @param wanted services that should be there. Defaults to those that the containers know of
 */
export function deployStatus(
  listed: readonly PsContainer[],
  wanted?: readonly WantedService[],
): DeployStatus {
  const own = listed.filter(({ labels }) => !isOneOff(labels));
  const implied = impliedServices(own);
  const oneShots = new Set(
    [...implied, ...(wanted ?? [])].filter(({ oneShot }) => oneShot).map(({ name }) => name),
  );
  const containers = own.map((container) => containerStatus(container, oneShots));
  const services = new Map<string, ServiceStatus>();
  for (const container of containers) {
    const known = services.get(container.service);
    // Of several containers, one that does not run decides.
    if (known === undefined || known === ServiceStatus.Running) {
      services.set(container.service, container.status);
    }
  }
  const all = wanted ?? implied;
  for (const { name } of all) {
    if (!services.has(name) && !oneShots.has(name)) {
      services.set(name, ServiceStatus.Missing);
    }
  }
  return {
    running: containers.some((container) => container.status === ServiceStatus.Running),
    ready: all.length > 0 && all.every((service) => isReady(service, containers, oneShots)),
    services: [...services].sort(([a], [b]) => (a < b ? -1 : 1)),
    containers,
  };
}

function containerStatus(container: PsContainer, oneShots: ReadonlySet<string>): ContainerStatus {
  const { service, name, id, state, health, exitCode, image, ports, labels } = container;
  const hasEnd = oneShots.has(service) || container.mayEnd === true;
  const isDone = state === "exited" && exitCode === 0 && hasEnd;
  return {
    service,
    name,
    index: containerNumber(labels),
    id,
    status: isDone ? ServiceStatus.Completed : serviceStatusOf(state),
    state,
    health,
    exitCode,
    image,
    ports,
    standIn: STAND_IN_LABEL in labels,
  };
}

function isReady(
  { name, replicas }: WantedService,
  containers: readonly ContainerStatus[],
  oneShots: ReadonlySet<string>,
): boolean {
  const own = containers.filter(({ service }) => service === name);
  // A one-shot that is done may be gone: cleaning up a host removes it.
  return oneShots.has(name)
    ? own.every(isCompleted)
    : own.length >= replicas && own.every((one) => isUp(one) || isCompleted(one));
}

function isCompleted({ status }: ContainerStatus): boolean {
  return status === ServiceStatus.Completed;
}

function isUp({ status, health }: ContainerStatus): boolean {
  return status === ServiceStatus.Running && (health === "" || health === "healthy");
}
