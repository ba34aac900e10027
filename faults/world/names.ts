import { randomBytes } from "node:crypto";
import { TEST_PREFIX } from "../../test/e2e/support/docker.ts";

/** A compose project that nothing else on the host has. */
export function newProjectName(): string {
  return `${TEST_PREFIX}${randomBytes(4).toString("hex")}`;
}

/** Whether a volume holds data; those that mark a project's keys do not, and are made anew. */
export const holdsData = (volume: string): boolean => !/-keys(-\d+)?$/.test(volume);
