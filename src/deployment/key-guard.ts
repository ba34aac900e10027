import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { differences, guarded, type KeyDifference } from "../keys/key-differences.ts";
import {
  coversAll,
  type DataPlace,
  type KeyFingerprints,
  makeFingerprints,
} from "../keys/key-fingerprints.ts";
import { keysChanged } from "../keys/message.ts";
import { hasData, type ProjectVolumes } from "../keys/project-volumes.ts";
import { type BundledHosts, usesOwnDatabase } from "../lago/config/derived.ts";
import { GUARDED_KEY_NAMES, keysOf } from "../lago/lago-keys.ts";
import type { ProgressListener } from "../progress.ts";
import { KeyFingerprintStore } from "./key-fingerprint-store.ts";

/** Options of {@link guardKeys}. */
export interface GuardOptions {
  readonly projectName: string;
  readonly engine: DockerEndpoint;
  /** The project's volumes, as they are now. */
  readonly volumes: ProjectVolumes;
  /** The variables of the deployment. Hold secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Host names of the files' own database and Redis. Defaults to those of Lago's own files. */
  readonly hosts?: BundledHosts;
  /** Names of keys that may differ from those of the data. Defaults to none. */
  readonly allowKeyChange?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Remaining steps of a start that {@link guardKeys} has allowed. */
export interface KeyGuard {
  /** Call this before the first volume can be made. */
  beforeStart(): Promise<void>;
  /**
   * Call this when every service is ready, which proves that the database accepted the password.
   */
  afterStart(): Promise<void>;
}

/**
 * Compares the keys of a deployment with those that its data was made with.
 *
 * @throws DeployError of kind `KeysChanged` when a key differs without being allowed to
 */
export async function guardKeys(options: GuardOptions): Promise<KeyGuard> {
  const { projectName, environment, volumes } = options;
  const store = new KeyFingerprintStore(projectName, options.engine, options.signal);
  const keys = keysOf(environment, options.hosts);
  const { fingerprints } = volumes;
  const found = fingerprints === undefined ? [] : await differences(fingerprints, keys);
  const note = (message: string) =>
    options.onProgress?.({ message: `project ${projectName}: ${message}` });
  const write = async (place: DataPlace, previous: KeyFingerprints | undefined) => {
    const written = await store.write(await makeFingerprints(keys, place, previous));
    const others = guarded(await differences(written, keys));
    if (others.length > 0) {
      // Somebody else started the same project with other keys in the same moment.
      throw keysChanged(projectName, others);
    }
    return written;
  };

  if (!hasData(volumes)) {
    return firstStart(options, store, volumes, found, write);
  }
  const refused = guarded(found).filter(({ name }) => !options.allowKeyChange?.includes(name));
  if (refused.length > 0) {
    throw keysChanged(projectName, refused);
  }
  return {
    beforeStart: async () => {},
    afterStart: async () => {
      if (fingerprints === undefined) {
        await write(placeOf(options), undefined);
        note("its data was made before its keys were noted; from now on it is kept to these keys");
      } else if (found.length > 0) {
        await write(fingerprints.data, fingerprints);
        const names = namesOf(found);
        if (names !== "") {
          note(`${names} changed as allowed; take it off allowKeyChange to have it guarded again`);
        }
      } else if (!coversAll(fingerprints, keys)) {
        await write(fingerprints.data, fingerprints);
      } else if (placeOf(options) === "elsewhere" && fingerprints.data !== "elsewhere") {
        // The data has moved: the remaining volumes no longer tell whether there is any.
        await write("elsewhere", fingerprints);
      }
    },
  };
}

/**
 * Guards a start without data, for which any keys are right. The keys are recorded first, since a
 * start that fails may leave data too.
 */
function firstStart(
  options: GuardOptions,
  store: KeyFingerprintStore,
  { fingerprints }: ProjectVolumes,
  found: readonly KeyDifference[],
  write: (place: DataPlace, previous: KeyFingerprints | undefined) => Promise<KeyFingerprints>,
): KeyGuard {
  const place = placeOf(options);
  let current = fingerprints;
  return {
    beforeStart: async () => {
      const isStale =
        found.length > 0 || fingerprints?.data !== place || fingerprints.organization === true;
      if (fingerprints === undefined || isStale) {
        // Only the generation of the former key fingerprints continues, since their data is gone.
        current = await write(place, fingerprints && withoutData(fingerprints));
      }
    },
    afterStart: async () => {
      // The files' volumes are external or bound to folders: only the key fingerprints can tell that
      // there is data.
      if (place === "volumes" && (await store.read()).dataVolumes.length === 0) {
        await write("elsewhere", current);
      }
    },
  };
}

function withoutData({ organization, ...fingerprints }: KeyFingerprints): KeyFingerprints {
  return { ...fingerprints, keys: {} };
}

function placeOf({ environment, hosts }: GuardOptions): DataPlace {
  return usesOwnDatabase(environment, hosts) ? "elsewhere" : "volumes";
}

function namesOf(found: readonly KeyDifference[]): string {
  return GUARDED_KEY_NAMES.filter((name) => found.some((one) => one.name === name)).join(", ");
}
