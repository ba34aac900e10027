import type { PsContainer, PublishedPort } from "../docker/ps.ts";

/** What a service does, in one word. */
export const ServiceStatus = {
  /** Its container runs. */
  Running: "Running",
  /** Its container ended, was stopped or is dead. A one-shot that is done is Stopped too. */
  Stopped: "Stopped",
  /** Its container was created or is being started. */
  Starting: "Starting",
  /** Docker reports a state that is none of these, or cannot be asked. */
  Unknown: "Unknown",
} as const;

/** One of the values of {@link ServiceStatus}. */
export type ServiceStatus = (typeof ServiceStatus)[keyof typeof ServiceStatus];

const BY_STATE: Readonly<Record<string, ServiceStatus>> = {
  running: ServiceStatus.Running,
  exited: ServiceStatus.Stopped,
  stopped: ServiceStatus.Stopped,
  dead: ServiceStatus.Stopped,
  starting: ServiceStatus.Starting,
  created: ServiceStatus.Starting,
};

/** The status that belongs to Docker's word for a container's state. */
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
  /** The image's name. What it points to may have changed since. */
  readonly image: string;
  /** Id of the image that it runs, `sha256:` and 64 digits. Absent where it was not asked for. */
  readonly imageId?: string;
  /**
   * Digest of that image in its registry, `sha256:` and 64 digits; empty where it is from none. Absent
   * where it was not asked for.
   */
  readonly imageDigest?: string;
  readonly ports: readonly PublishedPort[];
  /** Whether the image is a stand-in and not Lago's own. */
  readonly standIn: boolean;
}

/** What a deployment does. */
export interface DeployStatus {
  /** Whether any service runs. */
  readonly running: boolean;
  /** Each service with its status, sorted by name. */
  readonly services: [name: string, status: ServiceStatus][];
  /** The containers behind the services, sorted by service and name. */
  readonly containers: readonly ContainerStatus[];
}

/** Label of images that stand in for Lago's where no image registry answers. */
const STAND_IN_LABEL = "z-billing-lago.stand-in";

/** Sums up what `docker compose ps` lists; containers of `docker compose run` are left out. */
export function deployStatus(listed: readonly PsContainer[]): DeployStatus {
  const containers = listed
    .filter((container) => container.labels["com.docker.compose.oneoff"] !== "True")
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
    // Of several containers the one that does not run is the news.
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
