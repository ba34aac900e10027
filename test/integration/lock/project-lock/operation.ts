/** Operations that do nothing on a project of their own, for tests of its lock. */
import { afterEach, beforeEach, vi } from "vitest";
import { DEFAULT_ENGINE } from "../../../../src/docker/endpoint-settings.ts";
import type { ProjectLockOptions } from "../../../../src/lock/operation.ts";
import { withProjectLock } from "../../../../src/lock/project-lock.ts";
import type { Progress } from "../../../../src/progress.ts";
import { useFarEngine } from "../../../support/locks.ts";

/** Gives each test of a file a project of its own. */
export function useProject() {
  let projects = 0;
  const name = () => `zbl-test-${projects}`;
  beforeEach(() => {
    useFarEngine();
    projects += 1;
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  /** An operation on it, and what is said meanwhile. */
  const operation = (options: Partial<ProjectLockOptions> = {}, work = async () => "done") => {
    const said: string[] = [];
    const onProgress = ({ message }: Progress) => said.push(message);
    const whole = {
      project: name(),
      engine: DEFAULT_ENGINE,
      operation: "down",
      onProgress,
      ...options,
    };
    return { said, run: () => withProjectLock(whole, work) };
  };
  return { name, operation };
}
