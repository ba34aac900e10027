/**
 * Keeps a project's key fingerprints as a label of an empty volume of the project: they stay when
 * the data stays, and compose removes them together with the data.
 */

import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { createVolume, listVolumes, removeVolume } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { KEYS_LABEL, KEYS_VOLUME, PROJECT_LABEL, VOLUME_LABEL } from "../docker/labels.ts";
import type { KeyFingerprints } from "../keys/key-fingerprints.ts";
import { type ProjectVolumes, projectVolumes } from "../keys/project-volumes.ts";
import { foundVolumeOf } from "../observe/found-volumes.ts";

/** The key fingerprints of one compose project. */
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
   * @throws DeployError of kind `ParseError` when the key fingerprints are of a form of a later
   *   release, or of the kind that docker's own failure tells
   */
  async read(): Promise<ProjectVolumes> {
    const label = `${PROJECT_LABEL}=${this.projectName}`;
    const listed = await listVolumes(this.#call("Reading the volumes"), label);
    return projectVolumes(this.projectName, listed.map(foundVolumeOf));
  }

  /**
   * Makes key fingerprints the current ones. Labels never change, so they get a volume of their
   * own. Volumes of former key fingerprints are removed only after the new volume exists.
   *
   * @returns the current key fingerprints, which are others if somebody else was faster
   */
  async write(fingerprints: KeyFingerprints): Promise<KeyFingerprints> {
    const before = await this.read();
    const own =
      fingerprints.generation === 1 ? KEYS_VOLUME : `${KEYS_VOLUME}-${fingerprints.generation}`;
    const volume = `${this.projectName}_${own}`;
    await createVolume(this.#call("Noting the keys"), volume, {
      [PROJECT_LABEL]: this.projectName,
      [VOLUME_LABEL]: own,
      [KEYS_LABEL]: JSON.stringify(fingerprints),
    });
    const after = await this.read();
    const written = after.fingerprints ?? fingerprints;
    if (written.generation === fingerprints.generation) {
      await this.#remove(before.fingerprintVolumes.filter((name) => name !== volume));
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
