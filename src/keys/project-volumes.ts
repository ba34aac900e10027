/** Volumes of a project, and the key fingerprints that one of them holds. Pure. */
import type { FoundVolume } from "../observe/found-volumes.ts";
import { type KeyFingerprints, parseFingerprints } from "./key-fingerprints.ts";

/** Volumes of a project, and the key fingerprints that one of them holds. */
export interface ProjectVolumes {
  /** The key fingerprints that count; undefined where there are none. */
  readonly fingerprints: KeyFingerprints | undefined;
  /** Names of the volumes of key fingerprints, those of former ones among them. */
  readonly fingerprintVolumes: readonly string[];
  /** Names of all other volumes. */
  readonly dataVolumes: readonly string[];
}

/**
 * Selects the volumes of a project and reads its key fingerprints.
 *
 * @throws DeployError of kind `ParseError` when the key fingerprints are of a form of a later
 *   release
 */
export function projectVolumes(project: string, volumes: readonly FoundVolume[]): ProjectVolumes {
  const own = volumes.filter((volume) => volume.project === project);
  const withFingerprints = own.filter(({ keysLabel }) => keysLabel !== "");
  // A replacement that was cut short may leave two volumes of key fingerprints.
  const newestFirst = withFingerprints
    .map(({ name, keysLabel }) => parseFingerprints(keysLabel, name))
    .sort((a, b) => b.generation - a.generation);
  return {
    fingerprints: newestFirst[0],
    fingerprintVolumes: withFingerprints.map(({ name }) => name),
    dataVolumes: own.filter(({ keysLabel }) => keysLabel === "").map(({ name }) => name),
  };
}

/**
 * Whether a project has data: volumes, or, as its key fingerprints tell, a database that Docker does
 * not see. Key fingerprints whose data is gone guard nothing.
 */
export function hasData(volumes: ProjectVolumes): boolean {
  return volumes.dataVolumes.length > 0 || volumes.fingerprints?.data === "elsewhere";
}
