import { testName } from "../docker.ts";

/** A compose project that nothing else on the host has. */
export function newProjectName(): string {
  return testName();
}

/** Whether a volume holds data; those that mark a project's keys do not, and are made anew. */
export const holdsData = (volume: string): boolean => !/-keys(-\d+)?$/.test(volume);
