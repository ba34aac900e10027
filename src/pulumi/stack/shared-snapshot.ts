import { DEFAULT_ENGINE, type DockerEndpoint, engineName } from "../../docker/endpoint-settings.ts";
import { type ProjectSnapshot, takeSnapshot } from "../../observe/snapshot.ts";

/**
 * Time for which an observation is shared, in milliseconds. Pulumi refreshes as many services at
 * once as the machine has cores, so the last ones of a refresh ask after the first have their
 * answer.
 */
const LOOK_LASTS_MS = 1_000;

const looks = new Map<string, Promise<ProjectSnapshot>>();

/** Drops the shared observations, because the containers are about to change. */
export function clearSnapshots(): void {
  looks.clear();
}

/**
 * Observes a project. All resources of one refresh share one observation, which shows them the same
 * moment.
 */
export function sharedSnapshot(
  projectName: string,
  engine: DockerEndpoint = DEFAULT_ENGINE,
): Promise<ProjectSnapshot> {
  const key = `${projectName} ${engineName(engine)}`;
  const known = looks.get(key);
  if (known !== undefined) {
    return known;
  }
  const look = takeSnapshot(projectName, engine);
  looks.set(key, look);
  const forget = () => {
    if (looks.get(key) === look) {
      looks.delete(key);
    }
  };
  // A failed observation is repeated at the next call, and the timer keeps no process alive.
  look.then(() => setTimeout(forget, LOOK_LASTS_MS).unref(), forget);
  return look;
}
