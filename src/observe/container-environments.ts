/**
 * Environments of a deployment's containers. They tell the keys that the containers were made with,
 * also when the state with the keys is lost. Hold secrets; nothing here writes or logs one.
 */

import { roleOfContainer } from "../compose/container-role.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { projectContainers } from "../docker/engine-api.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import { SERVICE_LABEL } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import { variablesOf } from "../text/variables.ts";
import { zbl } from "../text/zbl.ts";

/** The environment of one of a service's containers. Holds secrets. */
export type ServiceEnvironment = readonly [
  service: string,
  environment: Readonly<Record<string, string>>,
];

/**
 * Reads the environments of a project's Lago containers, running or not, by service.
 *
 * @throws DeployError of kind `InvalidConfig` when there are none
 */
export async function readEnvironments(
  project: string,
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<ServiceEnvironment[]> {
  const purpose = `Reading the environment of the containers of project ${project}`;
  const call = { engine, purpose, signal };
  const environments = environmentsOf(await projectContainers(call, project));
  if (environments.length === 0) {
    throw new DeployError(
      "InvalidConfig",
      `Project ${project} has no containers of Lago on this engine that its keys could be read from. Check the name and which engine docker speaks to; otherwise only \`${zbl("keys", "import")}\` gives back keys that were saved.`,
    );
  }
  return environments;
}

/** Reads the environments of the Lago containers among others, by service. */
export function environmentsOf(containers: readonly EngineContainer[]): ServiceEnvironment[] {
  return containers.flatMap(environmentOf);
}

function environmentOf(container: EngineContainer): ServiceEnvironment[] {
  const { Labels, Env } = container.Config;
  const service = Labels?.[SERVICE_LABEL];
  const isLago = roleOfContainer(container) !== undefined;
  return service === undefined || !isLago ? [] : [[service, variablesOf(Env ?? [])]];
}
