import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { type FoundVolumes, findVolumes } from "../../observe/volumes.ts";

/**
 * Finds the volumes that a project has on an engine, and whether it has containers. Undefined if
 * the engine does not answer.
 */
export function findLeft(
  project: string,
  engine: DockerEndpoint,
): Promise<FoundVolumes | undefined> {
  return onDeployError(
    () => findVolumes(project, [], engine),
    () => undefined,
  );
}
