import type { EngineVolume } from "../docker/engine-api.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import {
  isOneOff,
  KEYS_LABEL,
  KEYS_VOLUME,
  PROJECT_LABEL,
  SERVICE_LABEL,
  VOLUME_LABEL,
} from "../docker/labels.ts";

/** A volume of the engine, with its labels and its definition. */
export interface FoundVolume {
  readonly name: string;
  /** Compose project that made the volume; empty for none. */
  readonly project: string;
  /**
   * Key of the volume in the files of that project; empty where compose did not make the volume.
   */
  readonly key: string;
  /**
   * Whether the volume holds key fingerprints: no data, but the fingerprints of the keys that the
   * data was made with.
   */
  readonly holdsFingerprints: boolean;
  /** Text of the label with the key fingerprints; empty for other volumes. */
  readonly keysLabel: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A named volume that a service's container mounts, whether the container runs or not. */
export interface FoundMount {
  readonly service: string;
  readonly volume: string;
  readonly target: string;
}

/** Reads a volume of the engine. */
export function foundVolumeOf({ Name, Driver, Options, Labels }: EngineVolume): FoundVolume {
  const key = Labels?.[VOLUME_LABEL] ?? "";
  return {
    name: Name,
    project: Labels?.[PROJECT_LABEL] ?? "",
    key,
    holdsFingerprints: key.startsWith(KEYS_VOLUME),
    keysLabel: Labels?.[KEYS_LABEL] ?? "",
    driver: Driver,
    options: Options ?? {},
  };
}

/**
 * Reads the named volumes that a service's container mounts. Empty for one of `docker compose run`.
 */
export function foundMountsOf({ Config, Mounts }: EngineContainer): FoundMount[] {
  const service = Config.Labels?.[SERVICE_LABEL];
  if (service === undefined || isOneOff(Config.Labels)) {
    return [];
  }
  return (Mounts ?? [])
    .filter(({ Type, Name }) => Type === "volume" && Name !== "" && !isAnonymousVolume(Name))
    .map(({ Name, Destination }) => ({ service, volume: Name, target: Destination }));
}

/** Whether the engine made up the name of a volume: 64 hexadecimal digits. */
export function isAnonymousVolume(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}
