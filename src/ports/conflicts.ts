import type { HostContainer } from "../observe/host-containers.ts";
import type { Listener } from "../observe/port-listeners.ts";
import { zbl } from "../text/zbl.ts";

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

/** Holders of ports, as they were observed. */
export interface PortHolders {
  readonly containers: readonly HostContainer[];
  /**
   * Ports of the project's own live containers. The list of containers has no ports for one that
   * docker is restarting, which may listen a moment later.
   */
  readonly ownPorts: ReadonlySet<number>;
  /** Programs that listen on a port of {@link unexplainedClaims}. */
  readonly listeners: readonly Listener[];
}

/** Selects the claims that no container explains: only another program can be in their way. */
export function unexplainedClaims(
  claims: readonly Claim[],
  { containers, ownPorts }: Omit<PortHolders, "listeners">,
): Claim[] {
  return claims.filter(
    (claim) => holderOf(claim, containers) === undefined && !ownPorts.has(claim.port),
  );
}

/**
 * Finds the holders of ports that a project claims. The project's own containers are no conflict.
 *
 * @param stack the stack whose config has the settings. Defaults to settings from elsewhere
 */
export function portConflicts(
  project: string,
  claims: readonly Claim[],
  { containers, listeners }: PortHolders,
  stack?: string,
): Conflict[] {
  return claims.flatMap((claim) => {
    const { field, port, address } = claim;
    const twin = claims.find((other) => other !== claim && other.port === port);
    if (twin !== undefined && field > twin.field) {
      return [{ field, message: `port ${port} is wanted for ${twin.field} as well` }];
    }
    const holder = holderOf(claim, containers);
    if (holder !== undefined) {
      return holder.project === project
        ? []
        : [{ field, message: taken(claim, ownerName(holder), stack) }];
    }
    const listener = listeners.find((one) => one.port === port && one.address === address);
    return listener === undefined ? [] : [{ field, message: taken(claim, listener.name, stack) }];
  });
}

function holderOf(
  { port, address }: Claim,
  containers: readonly HostContainer[],
): HostContainer | undefined {
  return containers.find(({ ports }) =>
    ports.some((held) => held.port === port && overlap(held.address, address)),
  );
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

function taken(
  { field, port }: Claim,
  owner: string | undefined,
  stack: string | undefined,
): string {
  const held = `port ${port} is held by ${owner ?? "another program"}`;
  return stack !== undefined && field.startsWith("ports.")
    ? `${held}; free it, or have a free one chosen: \`${zbl("set", stack, field, "auto")}\``
    : `${held}; choose another port, or free it, then run the same command again`;
}

/** Whether two host addresses overlap. The address for all overlaps every one. */
function overlap(a: string, b: string): boolean {
  const all = ["0.0.0.0", "::", ""];
  return a === b || all.includes(a) || all.includes(b);
}
