import type { HostContainer } from "../docker/host-containers.ts";
import { canListen, listenerOf } from "../observe/listeners.ts";

/** A port or name of the host that a deployment wants. */
export interface Claim {
  /** Setting that decides the port or name, such as `ports.api`. */
  readonly field: string;
  readonly address: string;
  readonly port: number;
}

/** A claim that cannot be met, with the reason and the next step. */
export interface Conflict {
  readonly field: string;
  readonly message: string;
}

/** Facts about the host. */
export interface Host {
  readonly containers: readonly HostContainer[];
  /** Whether listeners of this machine can be in conflict, too. */
  readonly local: boolean;
  /**
   * Ports of the project's own live containers, requested only where an unknown program listens.
   * The list of containers has no ports for one that docker is restarting, which may listen a
   * moment later.
   */
  readonly ownPorts: () => Promise<ReadonlySet<number>>;
}

/**
 * Finds the holders of ports that a project claims. The project's own containers are no conflict.
 */
export async function findPortConflicts(
  project: string,
  claims: readonly Claim[],
  host: Host,
): Promise<Conflict[]> {
  const conflicts: Conflict[] = [];
  for (const claim of claims) {
    const { field, port, address } = claim;
    const twin = claims.find((other) => other !== claim && other.port === port);
    const holder = host.containers.find((container) =>
      container.ports.some((held) => held.port === port && overlap(held.address, address)),
    );
    if (twin !== undefined && field > twin.field) {
      conflicts.push({ field, message: `port ${port} is wanted for ${twin.field} as well` });
    } else if (holder !== undefined) {
      if (holder.project !== project) {
        conflicts.push({ field, message: taken(port, ownerName(holder)) });
      }
    } else if (
      host.local &&
      !(await canListen(address, port)) &&
      !(await host.ownPorts()).has(port)
    ) {
      conflicts.push({ field, message: taken(port, await listenerOf(port)) });
    }
  }
  return conflicts;
}

/** Finds containers of others that have the names which compose would give. */
export function findNameConflicts(
  project: string,
  names: readonly string[],
  containers: readonly HostContainer[],
): Conflict[] {
  return containers
    .filter((container) => container.project !== project && names.includes(container.name))
    .map((container) => ({
      field: "projectName",
      message: `the container name ${container.name} is held by ${ownerName(container)}; rename or remove it, or choose another project name`,
    }));
}

function ownerName({ name, project }: HostContainer): string {
  return project === undefined ? `container ${name}` : `container ${name} of project ${project}`;
}

function taken(port: number, owner: string | undefined): string {
  return `port ${port} is held by ${owner ?? "another program"}; choose another port, or free it, then run the same command again`;
}

/** Whether two host addresses overlap. The address for all overlaps every one. */
function overlap(a: string, b: string): boolean {
  const all = ["0.0.0.0", "::", ""];
  return a === b || all.includes(a) || all.includes(b);
}
