/**
 * Judges a change of a project's name. Compose and Docker cannot rename: the new name is a new
 * project without data, and the old project is no longer managed.
 */
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { type FoundVolumes, foundVolumes } from "../../observe/volumes.ts";
import { copyCommands, stopCommand } from "../../volumes/advice.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { allowStep, type Permission } from "./permission.ts";
import { snapshotIfAnswered } from "./snapshot-if-answered.ts";

/**
 * Reasons why a stack's project cannot change its name. With the old name as opt-in the change is
 * allowed, once the old project has no containers. The old project keeps its volumes. The stack
 * keeps its keys, with which copies of the volumes can be read.
 *
 * @param oldName name in the stack's state; undefined for a new stack
 * @param permission names the project that may be abandoned
 * @param engine engine of the old project
 */
export async function renameFaults(
  oldName: string | undefined,
  newName: string,
  { allowed, stack }: Permission,
  engine: DockerEndpoint,
): Promise<string[]> {
  if (oldName === undefined || oldName === newName || hasUnknown(oldName)) {
    return [];
  }
  const snapshot = await snapshotIfAnswered(oldName, engine);
  const old = snapshot && foundVolumes(snapshot);
  const isAllowed = allowed === oldName;
  if (isAllowed && old?.hasContainers === false) {
    return [];
  }
  const why = !isAllowed
    ? `a renamed project is a new one beside "${oldName}", and begins EMPTY`
    : old === undefined
      ? `the Docker engine cannot be asked whether "${oldName}" still has containers`
      : `"${oldName}" still has containers, and nobody would look after them any more`;
  return [
    `InvalidProjectName: projectName: it cannot change from "${oldName}" to "${newName}": ${why}. Set it back. ${movingAdvice({ oldName, newName, stack }, old, engine)}`,
  ];
}

function movingAdvice(
  { oldName, newName, stack }: { oldName: string; newName: string; stack: string | undefined },
  old: FoundVolumes | undefined,
  engine: DockerEndpoint,
): string {
  const volumes = (old?.volumes ?? []).filter(
    ({ holdsFingerprints, key }) => !holdsFingerprints && key !== "",
  );
  const copies = volumes.map(({ name, key }) =>
    copyCommands({ from: name, project: newName, key, to: `${newName}_${key}` }),
  );
  const steps = [
    `stop the old one (${stopCommand(oldName, engine)}, data stays)`,
    ...(copies.length > 0 ? [`copy its volumes (${copies.join(", ")})`] : []),
    `${allowStep("allowProjectRename", oldName, stack)}; the stack keeps its keys, and "${oldName}" its volumes`,
  ];
  return `To move: ${steps.map((step, index) => `${index + 1}. ${step}`).join("; ")}.`;
}
