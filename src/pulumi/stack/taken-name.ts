/** Judges a project's name that the compose files give, where nobody chose one. */
import { hasApi } from "../../compose/service-roles.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import { foundVolumes } from "../../observe/volumes.ts";
import { adoptCommand } from "../../plan/neighbours.ts";
import { zbl } from "../../text/zbl.ts";

/** Facts that make the next steps exact. */
export interface TakenNameHints {
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack: string | undefined;
  /** Name of a project of the stack's own. */
  readonly otherwise: string;
}

/**
 * Reasons why a new stack cannot take the name in the compose files: somebody else's containers or
 * data have it. Two stacks of one file would share a project, and only a chosen name says that this
 * is meant.
 *
 * @param snapshot the engine as it is now, looked at for the project of that name
 */
export function takenName(snapshot: Snapshot, { stack, otherwise }: TakenNameHints): string[] {
  const { project, projects } = snapshot;
  const { hasContainers, volumes } = foundVolumes(snapshot);
  if (!hasContainers && volumes.length === 0) {
    return [];
  }
  const found = projects.find(({ name }) => name === project);
  const isPlain =
    found?.isPlain === true &&
    hasApi(found.services) &&
    !volumes.some(({ holdsFingerprints }) => holdsFingerprints);
  const set = (name: string) =>
    stack === undefined ? `projectName "${name}"` : zbl("set", stack, "projectName", name);
  const what = hasContainers ? "the engine has containers" : "the engine has volumes with data";
  const steps = [
    isPlain
      ? `It was made by plain docker compose. To take it over with its data: ${adoptCommand(project, stack)}`
      : `To have this stack manage that project: ${set(project)}`,
    `To deploy another one, which begins EMPTY: ${set(otherwise)}`,
  ];
  return [
    `InvalidProjectName: projectName: nobody chose one, so it is "${project}", the \`name:\` of the compose files, and ${what} of that project, which are not of this stack. ${steps.join(". ")}`,
  ];
}
