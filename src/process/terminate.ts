import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

/** What ending a group needs of the process that leads it. */
interface GroupLeader extends PromiseLike<unknown> {
  readonly pid?: number;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  kill(signal: NodeJS.Signals): boolean;
}

/** One step of ending a process: a signal, and how long to wait for what comes of it. */
export interface EndStep {
  readonly signal: NodeJS.Signals;
  /** Milliseconds. */
  readonly waitMs: number;
}

/**
 * Compose ends its work in good order on SIGINT; what is deaf to it gets SIGTERM, then SIGKILL. All of
 * it leaves a caller who has promised an end within 15 s time to say what happened.
 */
export const DEFAULT_END_STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 8_000 },
  { signal: "SIGTERM", waitMs: 4_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** How often it is looked whether a group has ended. */
const LOOK_INTERVAL_MS = 20;

/**
 * Ends a process that leads a group, and the group with it, harder from step to step. Settles when
 * the process and all of its group have ended, or when the steps are used up; never rejects.
 *
 * A descendant that left the group and still holds a pipe cannot keep the process's own promise
 * open: the pipes are closed after the last step.
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
      await delay(LOOK_INTERVAL_MS);
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
    // The group is gone already, or this system has none: the direct child is all that is left.
    child.kill(signal);
  }
}
