import { testName } from "../docker.ts";

/** Generates a unique compose project name. */
export function newProjectName(): string {
  return testName();
}

/** Whether a volume holds data. Volumes that mark a project's keys hold none and are recreated. */
export const holdsData = (volume: string): boolean => !/-keys(-\d+)?$/.test(volume);
