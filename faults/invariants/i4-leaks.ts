import type { RunningProcess } from "../watch/processes.ts";
import { type Violation, violations } from "./violation.ts";

/** What is there when everything has ended. */
export interface Leftovers {
  /** When that was, such as "after down". */
  readonly when: string;
  readonly processes: readonly RunningProcess[];
  /** Containers and networks, in words. */
  readonly containers: readonly string[];
  /** Locks that somebody still holds, in words. */
  readonly locks: readonly string[];
  readonly files: readonly string[];
}

/** Longest command of a process that a reason shows. */
const MAX_COMMAND = 120;

/** Nothing is left. */
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
