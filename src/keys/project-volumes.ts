/** Volumes of a project, and the marker among them. Pure. */
import type { FoundVolume } from "../observe/found-volumes.ts";
import { type KeyMarker, parseMarker } from "./marker.ts";

/** Volumes of a project, and the marker that they hold. */
export interface ProjectVolumes {
  /** The marker that counts; undefined where there is none. */
  readonly marker: KeyMarker | undefined;
  /** Names of the marker volumes, those of former markers among them. */
  readonly markerVolumes: readonly string[];
  /** Names of all other volumes. */
  readonly dataVolumes: readonly string[];
}

/**
 * Selects the volumes of a project and reads its marker.
 *
 * @throws DeployError of kind `ParseError` when the marker is of a form of a later release
 */
export function projectVolumes(project: string, volumes: readonly FoundVolume[]): ProjectVolumes {
  const own = volumes.filter((volume) => volume.project === project);
  const marked = own.filter(({ fingerprints }) => fingerprints !== "");
  // A replacement that was cut short may leave two markers.
  const markers = marked
    .map(({ name, fingerprints }) => parseMarker(fingerprints, name))
    .sort((a, b) => b.generation - a.generation);
  return {
    marker: markers[0],
    markerVolumes: marked.map(({ name }) => name),
    dataVolumes: own.filter(({ fingerprints }) => fingerprints === "").map(({ name }) => name),
  };
}

/**
 * Whether a project has data: volumes, or, as its marker says, a database that Docker does not see.
 * A marker whose data is gone guards nothing.
 */
export function hasData(volumes: ProjectVolumes): boolean {
  return volumes.dataVolumes.length > 0 || volumes.marker?.data === "elsewhere";
}
