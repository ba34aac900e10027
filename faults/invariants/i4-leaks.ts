import type { RunningProcess } from "../watch/processes.ts";
import { type Violation, violations } from "./violation.ts";

/** Remains after all operations. */
export interface Leftovers {
  /** Time of the observation, such as "after down". */
  readonly when: string;
  readonly processes: readonly RunningProcess[];
  /** Containers and networks, in words. */
  readonly containers: readonly string[];
  /** Held locks, in words. */
  readonly locks: readonly string[];
  readonly files: readonly string[];
}

/** Maximum length of a process's command in a reason. */
const MAX_COMMAND = 120;

/** Invariant: nothing is left. */
export function checkLeaks(left: Leftovers): Violation[] {
  return violations(
    "I4",
    [
      ...left.processes.map(({ command }) => `process ${command.slice(0, MAX_COMMAND)}`),
      ...left.containers,
      ...left.locks,
      ...left.files.map((file) => `file ${file}`),
    ].map((what) => `${what} is left ${left.when}`),
  );
}
