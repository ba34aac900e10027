import { listVolumes } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import type { DeployedProject } from "./saved-states.ts";

/**
 * Lists the data volumes of a compose project, running or not.
 *
 * @throws DeployError when the engine does not answer
 */
export async function volumesOf(
  { projectName, engine }: Pick<DeployedProject, "projectName" | "engine">,
  signal: AbortSignal,
): Promise<string[]> {
  const purpose = `Reading the volumes of project ${projectName}`;
  const found = await listVolumes({ engine, purpose, signal }, `${PROJECT_LABEL}=${projectName}`);
  return found.map(({ Name }) => Name).sort();
}
