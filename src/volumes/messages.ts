/** Messages about a volume that would no longer be used. */

import type { FoundVolume } from "../observe/found-volumes.ts";
import { copyCommands, stopCommand } from "./advice.ts";
import { volumeAllowance } from "./allowed.ts";
import type { DeclaredMount, DeclaredVolume } from "./declared.ts";

/** A place where a service has a volume now and would no longer have it. */
export interface Loss {
  readonly service: string;
  readonly target: string;
  /** Mount that the service would have there instead; undefined for none. */
  readonly there: DeclaredMount | undefined;
  /** Path where the service would have the volume instead; undefined for none. */
  readonly movedTo: string | undefined;
}

/** A volume that would no longer be used, with its losses and its replacements. */
export interface Abandoned {
  readonly project: string;
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack: string | undefined;
  readonly volume: FoundVolume;
  /** Key of the volume in the compose files. */
  readonly key: string;
  /** Empty where no container tells of services that had it. */
  readonly losses: readonly Loss[];
  /**
   * Whether the volume may still be used: by another service, or by another project that owns it.
   */
  readonly isUsed: boolean;
  /** Known volumes that would be made without data in its place. */
  readonly empty: readonly DeclaredVolume[];
  /** Volume among them that should get the data, where only one can be meant. */
  readonly successor: DeclaredVolume | undefined;
}

/** Describes the effect on the volume, and each way out. */
export function abandonedMessage(abandoned: Abandoned): string {
  const { volume, stack, key, losses, empty } = abandoned;
  const what =
    losses.length > 0 ? losses.map(lossText).join(", and ") : "no service would have it any more";
  const made = empty.map(({ name }) => name).join(", ");
  return (
    `the volume ${volume.name} may hold data, and ${what}${made === "" ? "" : `; made EMPTY would be ${made}`}. ` +
    `Set the compose files back; ${wayOut(abandoned)}: ` +
    volumeAllowance(key, stack)
  );
}

/**
 * Describes how to continue with the new files. Never advises to remove a volume that is still
 * used.
 */
function wayOut({ project, volume: { name }, isUsed, successor }: Abandoned): string {
  if (isUsed) {
    return "or, where services find their data all the same, allow it";
  }
  return `or stop the project (${stopCommand(project)}, data stays), ${copyAdvice(project, name, successor)}, and remove this one by its name (\`docker volume rm ${name}\`); or let it lie and go on without what is in it`;
}

function lossText({ service, target, there, movedTo }: Loss): string {
  const has = `service ${service} has it at ${target} and would have`;
  if (movedTo !== undefined) {
    return `${has} it at ${movedTo} instead`;
  }
  if (there === undefined) {
    return `${has} nothing there`;
  }
  if (there.volume === undefined) {
    return `${has} ${there.source || `a ${there.type} without a name`} there instead`;
  }
  return `${has} the volume ${there.volume} there instead`;
}

/** Formats the whole command where it is certain which volume should get the data. */
function copyAdvice(project: string, from: string, successor: DeclaredVolume | undefined): string {
  return successor === undefined
    ? "copy what is to be kept"
    : `copy the data (${copyCommands({ from, project, key: successor.key, to: successor.name })})`;
}
