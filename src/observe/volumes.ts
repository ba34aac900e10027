/** Asks the engine for volumes, and for the volumes that containers mount. Changes nothing. */
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { listContainers, listVolumes } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import { allSettledOrThrow } from "../process/async.ts";
import {
  type FoundMount,
  type FoundVolume,
  foundMountsOf,
  foundVolumeOf,
  type ListedVolume,
} from "./found-volumes.ts";

/** Volumes of a project on an engine, and those beside it. */
export interface FoundVolumes {
  /** The project's own volumes, and those of others that it declares by name. */
  readonly volumes: readonly FoundVolume[];
  /** Volumes that the containers of the project's services mount. */
  readonly mounts: readonly FoundMount[];
  /** Whether the project has containers at all. */
  readonly hasContainers: boolean;
  /** All volumes of the engine that a compose project made, markers among them. */
  readonly all: readonly ListedVolume[];
}

/**
 * Looks for the volumes of a project.
 *
 * @param declared names of volumes that may belong to somebody else
 * @throws DeployError when docker cannot be asked
 */
export async function findVolumes(
  project: string,
  declared: readonly string[],
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<FoundVolumes> {
  const call = { engine, purpose: "Looking at the engine's volumes", signal };
  const [listed, containers] = await allSettledOrThrow([
    listVolumes(call),
    listContainers({ ...call, purpose: "Looking at the host's containers" }),
  ]);
  const volumes = listed.map(foundVolumeOf);
  const own = containers.filter(({ Labels }) => Labels?.[PROJECT_LABEL] === project);
  return {
    volumes: volumes.filter(
      (volume) => volume.project === project || declared.includes(volume.name),
    ),
    mounts: own.flatMap(foundMountsOf),
    hasContainers: own.length > 0,
    all: volumes.filter((volume) => volume.project !== ""),
  };
}
