/** Other runs that are at work on a project. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { DEFAULT_ENGINE } from "../../src/docker/endpoint-settings.ts";
import { lockFileName, lockFolder } from "../../src/lock/file-lock.ts";
import type { ProjectLockOptions } from "../../src/lock/operation.ts";
import { withProjectLock } from "../../src/lock/project-lock.ts";
import { FAR_AWAY } from "../../testing/scripted-docker/fake-docker.ts";

/** Another run, which has the lock until it is told to end. */
export interface OtherRun {
  /** Ends it and waits until it has. */
  end(): Promise<void>;
}

/** Begins a run of this process that holds a project's lock. */
export async function beginRun(
  project: string,
  options: Partial<ProjectLockOptions> = {},
): Promise<OtherRun> {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let running: Promise<void> = Promise.resolve();
  await new Promise<void>((begun, failed) => {
    running = withProjectLock(
      { project, engine: DEFAULT_ENGINE, operation: "up", ...options },
      async () => {
        begun();
        await finished;
      },
    );
    running.catch(failed);
  });
  return {
    end: async () => {
      finish();
      await running;
    },
  };
}

/** Makes this process mean an engine that is not there, so that no docker is asked which it is. */
export function useFarEngine(): void {
  vi.stubEnv("DOCKER_HOST", FAR_AWAY);
}

/** Path of a project's lock file on that engine. */
export function lockPathOf(project: string): string {
  return join(lockFolder(), lockFileName(project, FAR_AWAY));
}

/** Number of descriptors that this process has open. */
export function openDescriptors(): number {
  return readdirSync("/proc/self/fd").length;
}
