/** Containers of compose services, in the words and the order of `docker compose ps`. */

/** A port of a container that is published on its host. */
export interface PublishedPort {
  /** Host address, such as 127.0.0.1. */
  readonly address: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
}

/** A container as `docker compose ps` lists it. */
export interface PsContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Docker's word: running, exited, created, restarting, paused, dead, removing. */
  readonly state: string;
  /** healthy, unhealthy, starting, or empty where the service has no health check. */
  readonly health: string;
  readonly exitCode: number;
  /**
   * Whether an end with exit code 0 is the end of the container's work. Absent where the container was
   * not inspected.
   */
  readonly mayEnd?: boolean;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PublishedPort[];
}

/** Sorts containers by service, then name. */
export function inOrder<T extends Pick<PsContainer, "service" | "name">>(
  containers: readonly T[],
): T[] {
  const key = ({ service, name }: T) => `${service}\n${name}`;
  return containers.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * Lists each published port once, in a fixed order: the same port on 0.0.0.0 and on [::] is one port
 * to a person. Leaves out ports that are not published.
 */
export function distinctPorts(published: readonly PublishedPort[]): PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const port of published.filter(({ hostPort }) => hostPort > 0)) {
    const address = port.address === "::" ? "0.0.0.0" : port.address;
    ports.set(`${address}:${port.hostPort}/${port.protocol}`, { ...port, address });
  }
  return [...ports.keys()].sort().flatMap((key) => ports.get(key) ?? []);
}
