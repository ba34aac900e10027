/**
 * Keeps a project's marker as a label of an empty volume of the project: it stays when the data
 * stays, and compose removes it together with the data.
 */

import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { createVolume, listVolumes, removeVolume } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { KEYS_LABEL, KEYS_VOLUME, PROJECT_LABEL, VOLUME_LABEL } from "../docker/labels.ts";
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

/** The marker of one compose project. */
export class KeyFingerprintStore {
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
    const volumes = listed.map(({ Name, Labels }) => ({
      name: Name,
      label: Labels?.[KEYS_LABEL] ?? "",
    }));
    const marked = volumes.filter(({ label }) => label !== "");
    // A replacement that was cut short may leave two markers.
    const markers = marked
      .map(({ name, label }) => parseMarker(label, name))
      .sort((a, b) => b.generation - a.generation);
    return {
      marker: markers[0],
      markerVolumes: marked.map(({ name }) => name),
      dataVolumes: volumes.filter(({ label }) => label === "").map(({ name }) => name),
    };
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
