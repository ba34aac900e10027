import { isLocalEngine } from "../docker/endpoint.ts";
import { hostContainers } from "../docker/host-containers.ts";
import { hostNetworks } from "../docker/host-networks.ts";
import { hostBindings } from "../docker/host-ports.ts";
import { type ConfigIssue, DeployError, invalidConfig } from "../errors.ts";
import { otherClaims, portClaims } from "../ports/claims.ts";
import { findNameConflicts, findPortConflicts } from "../ports/conflicts.ts";
import { missingNetworks, takenNetworks, wantedNetworks } from "../ports/network-conflicts.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import type { ComposeProject } from "./project.ts";

/** Conflicts of a start with the host of a deployment. */
export interface HostConflicts {
  /** Ports, and names of containers and networks, that others hold. */
  readonly taken: readonly ConfigIssue[];
  /** External networks that do not exist. */
  readonly missing: readonly ConfigIssue[];
}

/**
 * Finds conflicts of a deployment with its host. Changes nothing.
 *
 * @param unknown names of variables whose values only the real run knows. Defaults to none.
 * @throws DeployError when docker cannot be asked
 */
export async function findConflicts(
  deployment: LagoDeployment,
  unknown: readonly string[] = [],
): Promise<HostConflicts> {
  const { project, options, environment } = deployment;
  const isolated = options.isolated !== false;
  const [model, ports, containers, networks, local] = await allSettledOrThrow([
    deployment.model(),
    deployment.ports(),
    hostContainers(project.engine, options.signal),
    isolated ? hostNetworks(project.engine, options.signal) : [],
    isLocalEngine(project.engine, options.signal),
  ]);
  const names = model.services.map(({ name, containerName }) =>
    isolated || containerName === undefined ? `${project.name}-${name}-1` : containerName,
  );
  const taken = findNameConflicts(project.name, names, containers);
  if (!isolated) {
    // Files that run as they are decide their ports themselves; compose reports ports that are
    // taken.
    return { taken, missing: [] };
  }
  const wanted = wantedNetworks(project.name, model, environment, unknown);
  const held = await findPortConflicts(
    project.name,
    [...portClaims(ports), ...otherClaims(model, environment)],
    { containers, local, ownPorts: () => livingPorts(project, options.signal) },
  );
  return {
    taken: [...held, ...taken, ...takenNetworks(wanted, networks)],
    missing: missingNetworks(wanted, networks),
  };
}

async function livingPorts(
  { name, engine }: ComposeProject,
  signal: AbortSignal | undefined,
): Promise<Set<number>> {
  const bindings = await hostBindings(engine, signal);
  const own = bindings.filter((one) => one.project === name && one.lives);
  return new Set(own.map(({ hostPort }) => hostPort));
}

/**
 * Refuses a deployment that is in conflict with its host.
 *
 * @throws DeployError of kind `PortTaken` that names every conflict with its owner, or of kind
 *   `InvalidConfig` that names the external networks that do not exist
 */
export async function requireNoConflicts(deployment: LagoDeployment): Promise<void> {
  const { taken, missing } = await findConflicts(deployment);
  const issues = [...taken, ...missing];
  if (taken.length > 0) {
    const lines = issues.map(({ field, message }) => `  ${field}: ${message}`);
    throw new DeployError(
      "PortTaken",
      `Project ${deployment.project.name} was not started, others are in its way:\n${lines.join("\n")}`,
      { issues },
    );
  }
  if (missing.length > 0) {
    throw invalidConfig(missing);
  }
}
