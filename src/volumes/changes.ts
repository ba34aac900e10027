/**
 * Differences between the volumes that a deployment declares and those that hold its data. Pure.
 */
import type { ConfigIssue } from "../errors.ts";
import type { FoundVolume } from "../observe/found-volumes.ts";
import type { FoundVolumes } from "../observe/volumes.ts";
import type { DeclaredVolume, VolumeDeclaration } from "./declared.ts";
import { definitionIssues } from "./definition.ts";
import { type Abandoned, abandonedMessage, type Loss } from "./messages.ts";

/** Volumes to compare. */
export interface VolumeComparison {
  readonly project: string;
  /** The stack whose config has the settings. Defaults to settings from elsewhere. */
  readonly stack?: string | undefined;
  readonly declaration: VolumeDeclaration;
  readonly found: FoundVolumes;
  /** Keys or names of volumes that services may do without. */
  readonly allowed: readonly string[];
}

/**
 * Finds changes that would lose access to data or endanger it: a volume whose definition differs
 * from the files, a volume of another project, a volume that a service would no longer mount at the
 * same place, and a volume that no service would mount.
 */
export function volumeIssues(comparison: VolumeComparison): ConfigIssue[] {
  const { project, stack, declaration, found, allowed } = comparison;
  const defined = declaration.volumes.flatMap((volume) => {
    const existing = found.volumes.find(({ name }) => name === volume.name);
    return existing === undefined || volume.external
      ? []
      : definitionIssues(project, volume, existing);
  });
  const abandoned = dataVolumesOf(project, found)
    .map((volume) => ({ volume, losses: lossesOf(volume, declaration, found) }))
    .filter(({ volume, losses }) => losses.length > 0 || isUnused(project, volume, declaration));
  const placesOf = successors(abandoned, missingVolumes(declaration, found));
  const refused = abandoned
    .filter(({ volume }) => !allowed.includes(volume.name) && !allowed.includes(keyOf(volume)))
    .map(({ volume, losses }) => ({
      field: `volumes.${keyOf(volume)}`,
      message: abandonedMessage({
        ...{ project, stack, volume },
        key: keyOf(volume),
        losses,
        isUsed: volume.project !== project || declaration.inUse?.has(volume.name) !== false,
        ...placesOf(losses),
      }),
    }));
  return [...defined, ...refused];
}

/** A volume that would no longer be used, and the services whose containers mount it. */
interface Fallen {
  readonly volume: FoundVolume;
  readonly losses: readonly Loss[];
}

/**
 * Matches each volume no longer in use with the new volume that replaces it. Certain if the same
 * service mounts the new one at the same path; otherwise only if there is exactly one old and one
 * new volume.
 */
function successors(
  fallen: readonly Fallen[],
  missing: readonly DeclaredVolume[],
): (losses: readonly Loss[]) => Pick<Abandoned, "empty" | "successor"> {
  const insteadOf = (losses: readonly Loss[]) => {
    const names = losses.map(({ there }) => there?.volume);
    return missing.filter(({ name }) => names.includes(name));
  };
  const claimed = fallen.flatMap(({ losses }) => insteadOf(losses));
  const unclaimed = missing.filter((one) => !claimed.includes(one));
  const unexplained = fallen.filter(({ losses }) => losses.length === 0);
  return (losses) => {
    const empty = losses.length > 0 ? insteadOf(losses) : unclaimed;
    const isSure = empty.length === 1 && (losses.length > 0 || unexplained.length === 1);
    return { empty, successor: isSure ? empty[0] : undefined };
  };
}

/** Volumes that a start would make without data. */
export function missingVolumes(
  { volumes }: VolumeDeclaration,
  found: FoundVolumes,
): VolumeDeclaration["volumes"] {
  return volumes.filter(
    ({ name, external }) => !external && !found.volumes.some((one) => one.name === name),
  );
}

/**
 * The volumes that hold a project's data: its own, and those of other projects that its containers
 * mount.
 */
export function dataVolumesOf(project: string, { volumes, mounts }: FoundVolumes): FoundVolume[] {
  const own = volumes.filter((one) => one.project === project && !one.holdsFingerprints);
  const names = new Set(own.map(({ name }) => name));
  const others = mounts.map(({ volume }) => volume).filter((name) => !names.has(name));
  const foreign = [...new Set(others)].map((name): FoundVolume => {
    const known = volumes.find((one) => one.name === name);
    const unknown = { project: "", key: "", holdsFingerprints: false, keysLabel: "" };
    return known ?? { name, ...unknown, driver: "", options: {} };
  });
  return [...own, ...foreign];
}

/** Key of a volume in the files; the volume's name where the key is unknown. */
function keyOf({ key, name }: FoundVolume): string {
  return key || name;
}

/**
 * Whether no service mounts a volume of the project. A volume of another project is never unused
 * here.
 */
function isUnused(project: string, volume: FoundVolume, { inUse }: VolumeDeclaration): boolean {
  return volume.project === project && inUse !== undefined && !inUse.has(volume.name);
}

/**
 * Finds services that keep running but would no longer have a volume that their containers have.
 */
function lossesOf(
  { name }: FoundVolume,
  { mounts }: VolumeDeclaration,
  { mounts: existing }: FoundVolumes,
): Loss[] {
  const held = existing.filter(({ volume }) => volume === name);
  const losses = held.flatMap(({ service, target }): Loss[] => {
    const declared = mounts.get(service);
    const there = declared?.find((one) => one.target === target);
    if (declared === undefined || there?.volume === name) {
      return [];
    }
    const moved = declared.find(({ volume }) => volume === name);
    return [{ service, target, there, movedTo: moved?.target }];
  });
  // Several containers of a service have the same losses.
  return [
    ...new Map(losses.map((loss) => [`${loss.service} ${loss.target}`, loss] as const)).values(),
  ];
}
