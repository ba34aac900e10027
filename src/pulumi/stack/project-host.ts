/**
 * Judges a change of the engine of a deployment. Nothing moves from one engine to another by
 * itself: the new one begins without data, and nobody looks after the old deployment any more.
 */
import { engineIdentity } from "../../docker/answer.ts";
import { type Engine, engineName, engineOf } from "../../docker/endpoint-settings.ts";
import type { FoundVolumes } from "../../observe/volumes.ts";
import { moveCommands, stopCommand } from "../../volumes/advice.ts";
import { findLeft } from "./left-behind.ts";
import { hasUnknown } from "./wire.ts";

/** A project, and the engine that it is on or is to be on. */
export interface DeploymentLocation extends Engine {
  readonly projectName: string;
}

/**
 * Why a stack's deployment cannot go to another engine. It may where there is nothing on the old one,
 * where both are one engine by two addresses, and, with the old one's name as opt-in, once the
 * deployment has no containers there: the volumes stay, and the stack keeps its keys. An old engine
 * that does not answer any more may be left by its name too.
 *
 * @param old as the stack's state has it; undefined for a new stack
 * @param allowed the engine that may be left
 */
export async function hostFaults(
  old: DeploymentLocation | undefined,
  next: DeploymentLocation,
  allowed: string | undefined,
): Promise<string[]> {
  if (old === undefined || hasUnknown(old)) {
    return [];
  }
  const [from, to] = [engineOf(old), engineOf(next)];
  const [oldName, newName] = [engineName(from), engineName(to)];
  if (oldName === newName || (await isSame(from, to))) {
    return [];
  }
  const left = await findLeft(old.projectName, from);
  const isGone =
    left !== undefined && !left.hasContainers && left.volumes.every(({ isMarker }) => isMarker);
  if (isGone || (allowed === oldName && left?.hasContainers !== true)) {
    return [];
  }
  const why =
    left === undefined
      ? "the old one cannot be asked what is left there"
      : left.hasContainers
        ? "the deployment still has containers there, and nobody would look after them any more"
        : "its data is there, and the new one begins EMPTY";
  const field = next.dockerContext === undefined ? "dockerHost" : "dockerContext";
  return [
    `InvalidConfig: ${field}: the engine cannot change from "${oldName}" to "${newName}": ${why}. Set it back. ${movingAdvice(old, to, left)}`,
  ];
}

/** Whether both are one engine, as far as both answer. */
async function isSame(from: Engine, to: Engine): Promise<boolean> {
  const [was, is] = [await engineIdentity(from), await engineIdentity(to)];
  return was !== undefined && was === is;
}

function movingAdvice(old: DeploymentLocation, to: Engine, left: FoundVolumes | undefined): string {
  const from = engineOf(old);
  const volumes = (left?.volumes ?? []).filter(({ isMarker, key }) => !isMarker && key !== "");
  const moves = volumes.map(({ name, key }) =>
    moveCommands({ project: old.projectName, key, volume: name, from, to }),
  );
  const steps = [
    `stop the old one (${stopCommand(old.projectName, from)}, data stays)`,
    ...(moves.length > 0 ? [`copy its volumes (${moves.join(", ")})`] : []),
    `allow it (\`pulumi config set allowHostChange ${engineName(from)}\`) and run \`pulumi up\`; the stack keeps its keys, and the old engine its volumes`,
  ];
  return `To move: ${steps.map((step, index) => `${index + 1}. ${step}`).join("; ")}.`;
}
