import { liveName } from "../compose/behind-proxy.ts";
import { bindingsOf } from "../docker/bindings.ts";
import { type ConfigIssue, DeployError, invalidConfig } from "../errors.ts";
import { listenersOn } from "../observe/port-listeners.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { otherClaims, portClaims } from "../ports/claims.ts";
import { findNameConflicts, portConflicts, unexplainedClaims } from "../ports/conflicts.ts";
import { missingNetworks, takenNetworks, wantedNetworks } from "../ports/network-conflicts.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

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
 * @param snapshot the engine as it is now
 * @param how names of variables whose values only the real run knows, and the stack whose config has
 *   the settings. Defaults to none
 * @throws DeployError when compose cannot read the files, or no port is free for `auto`
 */
export async function findConflicts(
  deployment: LagoDeployment,
  snapshot: Snapshot,
  { unknown = [], stack }: { unknown?: readonly string[]; stack?: string | undefined } = {},
): Promise<HostConflicts> {
  const { project, options, environment } = deployment;
  const isolated = options.isolated !== false;
  const [model, ports] = await allSettledOrThrow([deployment.model(), deployment.ports()]);
  const { hostContainers: containers } = snapshot;
  const names = model.services.map(({ name, containerName }) =>
    isolated || containerName === undefined ? `${project.name}-${name}-1` : containerName,
  );
  const live = model.services.flatMap(({ name, updateOrder }) =>
    updateOrder === undefined ? [] : [liveName(project.name, name)],
  );
  const taken = findNameConflicts(project.name, [...names, ...live], containers);
  if (!isolated) {
    // Files that run as they are decide their ports themselves; compose reports ports that are
    // taken.
    return { taken, missing: [] };
  }
  const claims = [...portClaims(ports), ...otherClaims(model, environment)];
  const known = { containers, ownPorts: livingPorts(snapshot) };
  const listeners = snapshot.isLocal ? await listenersOn(unexplainedClaims(claims, known)) : [];
  const held = portConflicts(project.name, claims, { ...known, listeners }, stack);
  const wanted = wantedNetworks(project.name, model, environment, unknown);
  return {
    taken: [...held, ...taken, ...takenNetworks(wanted, snapshot.networks)],
    missing: missingNetworks(wanted, snapshot.networks),
  };
}

function livingPorts({ containers }: Snapshot): Set<number> {
  const own = containers.flatMap(bindingsOf).filter(({ lives }) => lives);
  return new Set(own.map(({ hostPort }) => hostPort));
}

/**
 * Refuses a deployment that is in conflict with its host.
 *
 * @throws DeployError of kind `PortTaken` that names every conflict with its owner, or of kind
 *   `InvalidConfig` that names the external networks that do not exist
 */
export async function requireNoConflicts(
  deployment: LagoDeployment,
  snapshot: Snapshot,
): Promise<void> {
  const { taken, missing } = await findConflicts(deployment, snapshot);
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
