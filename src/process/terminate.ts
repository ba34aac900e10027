/**
 * Ends a process and its whole group. execa's `killDescendants` is not enough: it has two steps,
 * where compose needs SIGINT, SIGTERM and SIGKILL, and it does not wait for members of the group
 * that outlive the leader.
 */
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

/** The leader of a process group, as {@link endProcessGroup} needs it. */
interface GroupLeader extends PromiseLike<unknown> {
  readonly pid?: number;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  kill(signal: NodeJS.Signals): boolean;
}

/** One step of ending a process: a signal, and how long to wait for the end after it. */
export interface EndStep {
  readonly signal: NodeJS.Signals;
  /** Longest wait after the signal, in milliseconds. */
  readonly waitMs: number;
}

/**
 * SIGINT first, on which compose finishes cleanly, then SIGTERM, then SIGKILL. 13 s in all, so that
 * a caller who promises to end within 15 s has time to report what happened.
 */
export const DEFAULT_END_STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 8_000 },
  { signal: "SIGTERM", waitMs: 4_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** Interval between two checks whether the group has ended, in milliseconds. */
const POLL_INTERVAL_MS = 20;

/**
 * Ends a process and the group that it leads, with a harder signal at each step. Settles when the
 * process and all of its group have ended, or after the last step; never rejects.
 *
 * The pipes are closed after the last step, so that a descendant that left the group and still
 * holds one cannot keep the process's own promise open.
 */
export async function endProcessGroup(
  child: GroupLeader,
  steps: readonly EndStep[] = DEFAULT_END_STEPS,
): Promise<void> {
  let leaderEnded = false;
  const noteEnd = () => {
    leaderEnded = true;
  };
  child.then(noteEnd, noteEnd);
  for (const step of steps) {
    signalGroup(child, step.signal);
    const until = performance.now() + step.waitMs;
    while (performance.now() < until) {
      await delay(POLL_INTERVAL_MS);
      // Members that hold no pipe may outlive the leader.
      if (leaderEnded && !groupExists(child)) {
        return;
      }
    }
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function groupExists(child: GroupLeader): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function signalGroup(child: GroupLeader, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended, or this system has no groups: only the direct child is left.
    child.kill(signal);
  }
}
