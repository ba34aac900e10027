import { DEFAULT_ENGINE, type DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { type Snapshot, takeSnapshot } from "../../observe/snapshot.ts";

/**
 * Looks at the engine of a project. Undefined if the engine does not answer, which the real run
 * reports, or if the project's name is invalid.
 */
export async function snapshotIfAnswered(
  projectName: string,
  engine: DockerEndpoint = DEFAULT_ENGINE,
): Promise<Snapshot | undefined> {
  if (projectNameFault(projectName) !== undefined) {
    return undefined;
  }
  return await onDeployError(
    () => takeSnapshot(projectName, engine),
    () => undefined,
  );
}
