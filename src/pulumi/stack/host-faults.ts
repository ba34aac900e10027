/**
 * Judges a change of the engine of a deployment. Nothing moves from one engine to another by
 * itself: the new deployment begins without data, and the old one is no longer managed.
 */

import { type DockerEndpoint, engineName, engineOf } from "../../docker/endpoint-settings.ts";
import { engineIdentity } from "../../docker/engine-identity.ts";
import { type FoundVolumes, foundVolumes } from "../../observe/volumes.ts";
import { moveCommands, stopCommand } from "../../volumes/advice.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { allowStep, type Permission } from "./permission.ts";
import { snapshotIfAnswered } from "./snapshot-if-answered.ts";

/** A project, and the engine that it is on or will be on. */
export interface DeploymentLocation extends DockerEndpoint {
  readonly projectName: string;
}

/**
 * Reasons why a stack's deployment cannot move to another engine. The move is allowed if nothing is
 * left on the old engine, or if both are the same engine by two addresses. With the old engine's
 * name as opt-in, the move is also allowed once the deployment has no containers there: the volumes
 * stay, and the stack keeps its keys. The opt-in also allows leaving an engine that no longer
 * answers.
 *
 * @param old project and engine in the stack's state; undefined for a new stack
 * @param permission names the engine that may be left
 */
export async function hostFaults(
  old: DeploymentLocation | undefined,
  next: DeploymentLocation,
  { allowed, stack }: Permission,
): Promise<string[]> {
  if (old === undefined || hasUnknown(old)) {
    return [];
  }
  const [from, to] = [engineOf(old), engineOf(next)];
  const [oldName, newName] = [engineName(from), engineName(to)];
  if (oldName === newName || (await isSame(from, to))) {
    return [];
  }
  const snapshot = await snapshotIfAnswered(old.projectName, from);
  const left = snapshot && foundVolumes(snapshot);
  const isGone =
    left !== undefined &&
    !left.hasContainers &&
    left.volumes.every(({ holdsFingerprints }) => holdsFingerprints);
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
    `InvalidConfig: ${field}: the engine cannot change from "${oldName}" to "${newName}": ${why}. Set it back. ${movingAdvice(old, to, left, stack)}`,
  ];
}

/** Whether both are the same engine, as far as both answer. */
async function isSame(from: DockerEndpoint, to: DockerEndpoint): Promise<boolean> {
  const [was, is] = [await engineIdentity(from), await engineIdentity(to)];
  return was !== undefined && was === is;
}

function movingAdvice(
  old: DeploymentLocation,
  to: DockerEndpoint,
  left: FoundVolumes | undefined,
  stack: string | undefined,
): string {
  const from = engineOf(old);
  const volumes = (left?.volumes ?? []).filter(
    ({ holdsFingerprints, key }) => !holdsFingerprints && key !== "",
  );
  const moves = volumes.map(({ name, key }) =>
    moveCommands({ project: old.projectName, key, volume: name, from, to }),
  );
  const steps = [
    `stop the old one (${stopCommand(old.projectName, from)}, data stays)`,
    ...(moves.length > 0 ? [`copy its volumes (${moves.join(", ")})`] : []),
    `${allowStep("allowHostChange", engineName(from), stack)}; the stack keeps its keys, and the old engine its volumes`,
  ];
  return `To move: ${steps.map((step, index) => `${index + 1}. ${step}`).join("; ")}.`;
}
