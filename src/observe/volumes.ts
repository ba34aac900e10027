import { type FoundMount, type FoundVolume, foundMountsOf } from "./found-volumes.ts";
import type { Snapshot } from "./snapshot.ts";

/** Volumes of a project on an engine, and those beside it. */
export interface FoundVolumes {
  /** The project's own volumes, and those of others that it declares by name. */
  readonly volumes: readonly FoundVolume[];
  /** Volumes that the containers of the project's services mount. */
  readonly mounts: readonly FoundMount[];
  /** Whether the project has containers at all. */
  readonly hasContainers: boolean;
  /** All volumes of the engine that a compose project made, those of key fingerprints among them. */
  readonly all: readonly FoundVolume[];
}

/**
 * Selects the volumes of a snapshot's project.
 *
 * @param declared names of volumes that may belong to somebody else. Defaults to none
 */
export function foundVolumes(
  { project, containers, hostContainers, volumes }: Snapshot,
  declared: readonly string[] = [],
): FoundVolumes {
  return {
    volumes: volumes.filter((one) => one.project === project || declared.includes(one.name)),
    mounts: containers.flatMap(foundMountsOf),
    hasContainers: hostContainers.some((one) => one.project === project),
    all: volumes.filter((one) => one.project !== ""),
  };
}
