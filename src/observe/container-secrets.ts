/**
 * Secrets in the environment of a project's containers. A caller that stops, restarts or reads logs
 * by a project's name alone does not know these secrets otherwise.
 */
import { secretsOf } from "../docker/container-details.ts";
import { projectContainers } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";

/**
 * Reads the secrets of a project's containers, running or not.
 *
 * @throws DeployError when the engine cannot be asked, or of kind `ParseError`
 */
export async function containerSecrets(call: EngineCall, project: string): Promise<string[]> {
  return (await projectContainers(call, project)).flatMap(secretsOf);
}
