/**
 * Keeps a project's marker as a label of an empty volume of the project: it stays when the data
 * stays, and compose removes it together with the data.
 */

import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { createVolume, listVolumes, removeVolume } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { KEYS_LABEL, KEYS_VOLUME, PROJECT_LABEL, VOLUME_LABEL } from "../docker/labels.ts";
import type { KeyMarker } from "../keys/marker.ts";
import { type ProjectVolumes, projectVolumes } from "../keys/project-volumes.ts";
import { foundVolumeOf } from "../observe/found-volumes.ts";

/** The marker of one compose project. */
export class KeyMarkerStore {
  readonly projectName: string;
  readonly #engine: DockerEndpoint;
  readonly #signal: AbortSignal | undefined;

  constructor(projectName: string, engine: DockerEndpoint, signal?: AbortSignal) {
    this.projectName = projectName;
    this.#engine = engine;
    this.#signal = signal;
  }

  /**
   * @throws DeployError of kind `ParseError` when the marker is of a form of a later release, or of
   *   the kind that docker's own failure tells
   */
  async read(): Promise<ProjectVolumes> {
    const label = `${PROJECT_LABEL}=${this.projectName}`;
    const listed = await listVolumes(this.#call("Reading the volumes"), label);
    return projectVolumes(this.projectName, listed.map(foundVolumeOf));
  }

  /**
   * Makes a marker the current one. Labels never change, so the marker gets a volume of its own.
   * Former markers are removed only after the new volume exists.
   *
   * @returns the current marker, which is another one if somebody else was faster
   */
  async write(marker: KeyMarker): Promise<KeyMarker> {
    const before = await this.read();
    const own = marker.generation === 1 ? KEYS_VOLUME : `${KEYS_VOLUME}-${marker.generation}`;
    const volume = `${this.projectName}_${own}`;
    await createVolume(this.#call("Noting the keys"), volume, {
      [PROJECT_LABEL]: this.projectName,
      [VOLUME_LABEL]: own,
      [KEYS_LABEL]: JSON.stringify(marker),
    });
    const after = await this.read();
    const written = after.marker ?? marker;
    if (written.generation === marker.generation) {
      await this.#remove(before.markerVolumes.filter((name) => name !== volume));
    }
    return written;
  }

  async #remove(volumes: readonly string[]): Promise<void> {
    for (const volume of volumes) {
      await removeVolume(this.#call("Removing notes of former keys"), volume);
    }
  }

  #call(purpose: string): EngineCall {
    return {
      engine: this.#engine,
      purpose: `${purpose} of project ${this.projectName}`,
      signal: this.#signal,
    };
  }
}
