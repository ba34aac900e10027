import { DEFAULT_ENGINE, type DockerEndpoint, engineName } from "../../docker/endpoint-settings.ts";
import { type Snapshot, takeSnapshot } from "../../observe/snapshot.ts";

/**
 * Time for which an observation is shared, in milliseconds. Pulumi refreshes as many services at
 * once as the machine has cores, so the last ones of a refresh ask after the first have their
 * answer.
 */
const SNAPSHOT_LASTS_MS = 1_000;

const snapshots = new Map<string, Promise<Snapshot>>();

/** Drops the shared observations, because the containers are about to change. */
export function clearSnapshots(): void {
  snapshots.clear();
}

/**
 * Observes a project. All resources of one refresh share one observation, which shows them the same
 * moment.
 */
export function refreshSnapshot(
  projectName: string,
  engine: DockerEndpoint = DEFAULT_ENGINE,
): Promise<Snapshot> {
  const key = `${projectName} ${engineName(engine)}`;
  const known = snapshots.get(key);
  if (known !== undefined) {
    return known;
  }
  const snapshot = takeSnapshot(projectName, engine);
  snapshots.set(key, snapshot);
  const forget = () => {
    if (snapshots.get(key) === snapshot) {
      snapshots.delete(key);
    }
  };
  // A failed observation is repeated at the next call, and the timer keeps no process alive.
  snapshot.then(() => setTimeout(forget, SNAPSHOT_LASTS_MS).unref(), forget);
  return snapshot;
}
