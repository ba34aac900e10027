/** The volumes that a deployment declares, with the variables of its files filled in. */
import { posix } from "node:path";
import { interpolate } from "../compose/interpolate.ts";
import { type ComposeModel, variablesIn } from "../compose/model.ts";
import { type MountModel, mountsOf, type VolumeModel } from "../compose/volumes.ts";

/** Values of the variables in the files. */
export interface KnownVariables {
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables whose values only the real run knows. */
  readonly unknown: readonly string[];
}

/**
 * A driver option: the value, undefined where only the real run knows it, and the text in the
 * files.
 */
export interface DeclaredOption {
  readonly value: string | undefined;
  readonly text: string;
}

/** A volume that a running service will mount. */
export interface DeclaredVolume {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
  readonly driver: string | undefined;
  readonly options: ReadonlyMap<string, DeclaredOption>;
}

/** One mount of a service. */
export interface DeclaredMount {
  readonly type: string;
  /** Name of the volume on the engine; undefined for a mount that is not a named volume. */
  readonly volume: string | undefined;
  /** Folder of the host, or key of the volume. */
  readonly source: string;
  readonly target: string;
}

/** Volumes that a deployment declares, and their mounts. */
export interface VolumeDeclaration {
  readonly volumes: readonly DeclaredVolume[];
  /** Mounts by service that runs. A service is left out if some of its mounts are unknown. */
  readonly mounts: ReadonlyMap<string, readonly DeclaredMount[]>;
  /**
   * Names of the volumes that any service of the files mounts, running or not; undefined if some of
   * them are unknown.
   */
  readonly inUse: ReadonlySet<string> | undefined;
}

/** Reads the volumes and mounts that a model declares. */
export function declaredVolumesOf(model: ComposeModel, known: KnownVariables): VolumeDeclaration {
  const volumes = model.volumes ?? [];
  const resolve = (mount: MountModel) => resolveMount(mount, volumes, known);
  const resolved = model.services.map(({ name, definition }) => ({
    name,
    mounts: mountsOf(definition).map(resolve),
    // Mounts of `volumes_from` are listed at the other service or container.
    isWhole: definition.volumes_from == null,
  }));
  const active = resolved.flatMap(({ mounts }) => mounts.flatMap((one) => one ?? []));
  const all = (model.allMounts ?? []).map(resolve);
  const names = new Set(active.map(({ volume }) => volume));
  return {
    volumes: volumes
      .map((volume) => resolveVolume(volume, known))
      .filter((volume) => volume !== undefined && names.has(volume.name)) as DeclaredVolume[],
    mounts: new Map(
      resolved
        .filter(({ mounts, isWhole }) => isWhole && !mounts.includes(undefined))
        .map(({ name, mounts }) => [name, mounts as DeclaredMount[]]),
    ),
    inUse: all.includes(undefined)
      ? undefined
      : new Set([...all, ...active].flatMap((one) => one?.volume ?? [])),
  };
}

function resolveVolume(volume: VolumeModel, known: KnownVariables): DeclaredVolume | undefined {
  const { key, external } = volume;
  const name = fillIn(volume.name, known);
  const options = Object.entries(volume.options).map(
    ([option, text]) => [option, { value: fillIn(text, known), text }] as const,
  );
  const driver = fillIn(volume.driver, known);
  return name === undefined
    ? undefined
    : { key, name, external, driver, options: new Map(options) };
}

function resolveMount(
  mount: MountModel,
  volumes: readonly VolumeModel[],
  known: KnownVariables,
): DeclaredMount | undefined {
  const source = fillIn(mount.source, known);
  const target = fillIn(mount.target, known);
  if (source === undefined || target === undefined) {
    return undefined;
  }
  const { type } = mount;
  const declared = volumes.find(({ key }) => type === "volume" && key === source);
  const volume = declared && fillIn(declared.name, known);
  return declared !== undefined && volume === undefined
    ? undefined
    : { type, volume, source, target: asEngineHasIt(target) };
}

/** Normalizes a path, since the engine writes each path in one way, however the files spell it. */
function asEngineHasIt(target: string): string {
  return posix.resolve("/", target);
}

/** Fills in the variables of a text; undefined where one of them is unknown. */
function fillIn(text: string, { environment, unknown }: KnownVariables): string | undefined {
  // Compose 2.26 cuts the short form of a mount at the first colon, also one inside braces.
  const isCut = (text.match(/\$\{/g) ?? []).length !== (text.match(/\}/g) ?? []).length;
  const isKnown = variablesIn(text).every((name) => !unknown.includes(name));
  return isCut || !isKnown ? undefined : interpolate(text, environment);
}
