import { isOneOff } from "../docker/labels.ts";
import type { PsContainer, PublishedPort } from "../docker/ps-container.ts";

/** State of a service, in one word. */
export const ServiceStatus = {
  /** The service's container runs. */
  Running: "Running",
  /** The service's container ended, was stopped or is dead. A finished one-shot is Stopped too. */
  Stopped: "Stopped",
  /** The service's container was created or is being started. */
  Starting: "Starting",
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
  created: ServiceStatus.Starting,
};

/** Converts docker's word for a container's state to a status. */
export function serviceStatusOf(state: string): ServiceStatus {
  return BY_STATE[state.toLowerCase()] ?? ServiceStatus.Unknown;
}

/** One container of a deployment. */
export interface ContainerStatus {
  readonly service: string;
  readonly name: string;
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
  /** Each service with its status, sorted by name. */
  readonly services: [name: string, status: ServiceStatus][];
  /** The containers behind the services, sorted by service and name. */
  readonly containers: readonly ContainerStatus[];
}

/** Label of stand-in images, which replace Lago's where no image registry answers. */
const STAND_IN_LABEL = "z-billing-lago.stand-in";

/** Summarizes the list of `docker compose ps`. Leaves out containers of `docker compose run`. */
export function deployStatus(listed: readonly PsContainer[]): DeployStatus {
  const containers = listed
    .filter((container) => !isOneOff(container.labels))
    .map((container) => ({
      service: container.service,
      name: container.name,
      id: container.id,
      status: serviceStatusOf(container.state),
      state: container.state,
      health: container.health,
      exitCode: container.exitCode,
      image: container.image,
      ports: container.ports,
      standIn: STAND_IN_LABEL in container.labels,
    }));
  const services = new Map<string, ServiceStatus>();
  for (const container of containers) {
    const known = services.get(container.service);
    // Of several containers, one that does not run decides.
    if (known === undefined || known === ServiceStatus.Running) {
      services.set(container.service, container.status);
    }
  }
  return {
    running: containers.some((container) => container.status === ServiceStatus.Running),
    services: [...services],
    containers,
  };
}
