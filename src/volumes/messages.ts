/** What a person is told of a volume that would fall out of use. */
import { copyCommands, stopCommand } from "./advice.ts";
import type { DeclaredMount, DeclaredVolume } from "./declared.ts";
import type { FoundVolume } from "./found.ts";

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
  /** What `allowVolumeChange` calls it. */
  readonly key: string;
  /** Empty where no container tells of services that had it. */
  readonly losses: readonly Loss[];
  /** Volumes that would be made anew, one of which may be meant to be this one. */
  readonly missing: readonly DeclaredVolume[];
}

/** Says what would become of the volume, and each way out. */
export function abandonedMessage({ project, volume, key, losses, missing }: Abandoned): string {
  const { name } = volume;
  const what =
    losses.length > 0
      ? losses.map((loss) => lossText(loss, missing)).join(", and ")
      : "no service would have it any more";
  const made = missing.map((one) => one.name).join(", ");
  const empty = made === "" ? "" : `; made EMPTY would be ${made}`;
  return (
    `the volume ${name} may hold data, and ${what}${empty}. ` +
    `Set the compose files back; or stop the project (${stopCommand(project)}, data stays)${copyAdvice(project, name, missing)}, ` +
    `and remove this one by its name (\`docker volume rm ${name}\`); or let it lie and go on without what is in it: ` +
    `allowVolumeChange "${key}" (on the command line: --allow-volume-change ${key})`
  );
}

function lossText(
  { service, target, there, movedTo }: Loss,
  missing: readonly DeclaredVolume[],
): string {
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
  const isMissing = missing.some((one) => one.name === there.volume);
  return `${has} the volume ${there.volume} there instead${isMissing ? ", which does not exist" : ""}`;
}

/** The whole command where there is no doubt which volume the data is to go to. */
function copyAdvice(project: string, from: string, missing: readonly DeclaredVolume[]): string {
  const [only, ...more] = missing;
  return only === undefined || more.length > 0
    ? ", copy what is to be kept"
    : `, copy the data (${copyCommands({ from, project, key: only.key, to: only.name })})`;
}
