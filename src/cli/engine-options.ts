import {
  type DockerEndpoint,
  type EngineSettings,
  engineFaults,
  engineOf,
} from "../docker/endpoint-settings.ts";
import { invalidConfig } from "../errors.ts";

/**
 * Returns the engine that the options select.
 *
 * @throws DeployError of kind `InvalidConfig` that names every fault
 */
export function chosenEngine(options: EngineSettings): DockerEndpoint {
  const issues = engineFaults(options);
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  return engineOf(options);
}
