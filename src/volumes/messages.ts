/** What a person is told of a volume that would fall out of use. */

import type { FoundVolume } from "../observe/found-volumes.ts";
import { copyCommands, stopCommand } from "./advice.ts";
import { volumeAllowance } from "./allowed.ts";
import type { DeclaredMount, DeclaredVolume } from "./declared.ts";

/** A place where a service has a volume now and would not have it any more. */
export interface Loss {
  readonly service: string;
  readonly target: string;
  /** What the service would have there instead; undefined for nothing. */
  readonly there: DeclaredMount | undefined;
  /** Where it would have the volume instead; undefined for nowhere. */
  readonly movedTo: string | undefined;
}

/** All about one such volume. */
export interface Abandoned {
  readonly project: string;
  readonly volume: FoundVolume;
  /** Key of the volume in the compose files. */
  readonly key: string;
  /** Empty where no container tells of services that had it. */
  readonly losses: readonly Loss[];
  /** Whether somebody may still use it: a service elsewhere, or others whose volume it is. */
  readonly isUsed: boolean;
  /** Volumes that would be made anew in its place, as far as that can be told. */
  readonly empty: readonly DeclaredVolume[];
  /** The one among them that is to have its data, where there is no doubt. */
  readonly successor: DeclaredVolume | undefined;
}

/** Says what would become of the volume, and each way out. */
export function abandonedMessage(abandoned: Abandoned): string {
  const { volume, key, losses, empty } = abandoned;
  const what =
    losses.length > 0 ? losses.map(lossText).join(", and ") : "no service would have it any more";
  const made = empty.map(({ name }) => name).join(", ");
  return (
    `the volume ${volume.name} may hold data, and ${what}${made === "" ? "" : `; made EMPTY would be ${made}`}. ` +
    `Set the compose files back; ${wayOut(abandoned)}: ` +
    volumeAllowance(key)
  );
}

/** How to go on with the new files. What somebody still has is never to be removed. */
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

/** The whole command where there is no doubt which volume the data is to go to. */
function copyAdvice(project: string, from: string, successor: DeclaredVolume | undefined): string {
  return successor === undefined
    ? "copy what is to be kept"
    : `copy the data (${copyCommands({ from, project, key: successor.key, to: successor.name })})`;
}
