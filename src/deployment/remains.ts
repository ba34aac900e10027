/** Parts of a project that `docker compose down` removes. */
import { listContainers, listNetworks, listVolumes } from "../docker/engine-api.ts";
import { isOneOff, PROJECT_LABEL } from "../docker/labels.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { ComposeProject } from "./project.ts";

/** Numbers of the parts of a project that an engine has. */
export interface Remains {
  readonly containers: number;
  readonly networks: number;
  /** Volumes of the project, those of the key fingerprints among them. */
  readonly volumes: number;
  /** Whether a container of a service runs. */
  readonly running: boolean;
}

/**
 * Counts the parts of a project that its engine has. Needs no compose, and no compose file.
 *
 * @throws DeployError when the engine cannot be asked
 */
export async function remainsOf(project: ComposeProject): Promise<Remains> {
  const call = project.callFor("Looking for what is left");
  const [containers, networks, volumes] = await allSettledOrThrow([
    listContainers(call, { project: project.name }),
    listNetworks(call),
    listVolumes(call, `${PROJECT_LABEL}=${project.name}`),
  ]);
  return {
    containers: containers.length,
    networks: networks.filter(({ Labels }) => Labels?.[PROJECT_LABEL] === project.name).length,
    volumes: volumes.length,
    running: containers.some(({ State, Labels }) => State === "running" && !isOneOff(Labels)),
  };
}
