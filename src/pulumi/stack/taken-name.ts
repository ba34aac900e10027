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
 * Reasons why a new stack cannot go on under the name in the compose files: its data is under the name
 * that it had before that one counted. A stack whose state was lost would begin empty beside it.
 *
 * @param snapshot the engine as it is now
 */
export function leftName(snapshot: Snapshot, { stack, otherwise }: TakenNameHints): string[] {
  const { project, projects, volumes } = snapshot;
  const isLeft =
    projects.some(({ name }) => name === otherwise) ||
    volumes.some((one) => one.project === otherwise && !one.holdsFingerprints);
  return project === otherwise || !isLeft
    ? []
    : [
        `InvalidProjectName: projectName: nobody chose one, so it is "${project}", the \`name:\` of the compose files, and the engine has containers or data of project "${otherwise}", the name of this stack without it. To go on with that one: ${chosenName(otherwise, stack)}. To deploy "${project}", which begins EMPTY: ${chosenName(project, stack)}`,
      ];
}

/** Way to choose a name, as a person types it. */
function chosenName(name: string, stack: string | undefined): string {
  return stack === undefined ? `projectName "${name}"` : zbl("set", stack, "projectName", name);
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
  const what = hasContainers ? "the engine has containers" : "the engine has volumes with data";
  const steps = [
    isPlain
      ? `It was made by plain docker compose. To take it over with its data: ${adoptCommand(project, stack)}`
      : `To have this stack manage that project: ${chosenName(project, stack)}`,
    `To deploy another one, which begins EMPTY: ${chosenName(otherwise, stack)}`,
  ];
  return [
    `InvalidProjectName: projectName: nobody chose one, so it is "${project}", the \`name:\` of the compose files, and ${what} of that project, which are not of this stack. ${steps.join(". ")}`,
  ];
}
