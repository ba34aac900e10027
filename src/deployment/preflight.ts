import { liveName } from "../compose/behind-proxy.ts";
import { bindingsOf } from "../docker/bindings.ts";
import { networkMembers } from "../observe/network-members.ts";
import { listenersOn } from "../observe/port-listeners.ts";
import { type Snapshot, takeSnapshot } from "../observe/snapshot.ts";
import { otherClaims, portClaims } from "../ports/claims.ts";
import { findNameConflicts, portConflicts, unexplainedClaims } from "../ports/conflicts.ts";
import { missingNetworks, takenNetworks, wantedNetworks } from "../ports/network-conflicts.ts";
import { sharedNames } from "../ports/shared-names.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { declaredVolumesOf } from "../volumes/declared.ts";
import { missingExternalVolumes } from "../volumes/external.ts";
import { missingMountsOf } from "./host-mounts.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { postgresFaults } from "./postgres-data.ts";
import { faultsError, ofKind, type StartFault } from "./start-fault.ts";

/**
 * Finds conflicts of a deployment with its host: ports and names that others hold, networks,
 * volumes and files that are not there, and data of another PostgreSQL. Changes nothing.
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
): Promise<StartFault[]> {
  const { project, options, environment } = deployment;
  const isolated = options.isolated !== false;
  const [model, ports, missingMounts, databases] = await allSettledOrThrow([
    deployment.model(),
    deployment.ports(),
    missingMountsOf(deployment, unknown),
    postgresFaults(deployment, snapshot, { unknown, stack }),
  ]);
  const { hostContainers: containers } = snapshot;
  const names = model.services.map(({ name, containerName }) =>
    isolated || containerName === undefined ? `${project.name}-${name}-1` : containerName,
  );
  const live = model.services.flatMap(({ name, updateOrder }) =>
    updateOrder === undefined ? [] : [liveName(project.name, name)],
  );
  const taken = findNameConflicts(project.name, [...names, ...live], containers);
  const wanted = wantedNetworks(project.name, model, environment, unknown);
  const members = await networkMembers(
    project.callFor("Looking at the containers on shared networks"),
    snapshot,
    wanted.networks.map(({ name }) => name),
  );
  const shared = ofKind("PortTaken", sharedNames(wanted, model, members));
  const declaration = declaredVolumesOf(model, { environment, unknown });
  const missing = [
    ...ofKind("PostgresChanged", databases),
    ...ofKind("NetworkNotFound", missingNetworks(wanted, snapshot.networks)),
    ...ofKind("VolumeNotFound", missingExternalVolumes(declaration, snapshot.volumes)),
    ...ofKind("MountFailed", missingMounts),
  ];
  if (!isolated) {
    // Files that run as they are decide their ports themselves; compose reports ports that are
    // taken.
    return [...ofKind("PortTaken", taken), ...shared, ...missing];
  }
  const claims = [...portClaims(ports), ...otherClaims(model, environment)];
  const known = { containers, ownPorts: livingPorts(snapshot) };
  const listeners = snapshot.isLocal ? await listenersOn(unexplainedClaims(claims, known)) : [];
  const held = portConflicts(project.name, claims, { ...known, listeners }, stack);
  const others = [...held, ...taken, ...takenNetworks(wanted, snapshot.networks)];
  return [...ofKind("PortTaken", others), ...shared, ...missing];
}

function livingPorts({ containers }: Snapshot): Set<number> {
  const own = containers.flatMap(bindingsOf).filter(({ lives }) => lives);
  return new Set(own.map(({ hostPort }) => hostPort));
}

/**
 * Refuses a deployment that is in conflict with its host.
 *
 * @throws DeployError of the kinds that {@link findConflicts} finds and throws
 */
export async function requireNoConflicts(deployment: LagoDeployment): Promise<void> {
  const { name, engine } = deployment.project;
  const snapshot = await takeSnapshot(name, engine, deployment.options.signal);
  const faults = await findConflicts(deployment, snapshot);
  if (faults.length > 0) {
    throw faultsError(name, faults);
  }
}
