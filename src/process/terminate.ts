import type { Readable } from "node:stream";

/** What ending a group needs of the process that leads it. */
interface GroupLeader extends PromiseLike<unknown> {
  readonly pid?: number;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  kill(signal: NodeJS.Signals): boolean;
}

/** Compose ends its work in good order on SIGINT; what is deaf to it gets SIGTERM, then SIGKILL. */
const STEPS = [
  { signal: "SIGINT", waitMs: 10_000 },
  { signal: "SIGTERM", waitMs: 5_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
] as const;

/**
 * Ends a process that leads a group, and the group with it, harder from step to step.
 *
 * Returns at once; the process's own promise settles when it has ended. A descendant that left the
 * group and still holds a pipe cannot keep that promise open: the pipes are closed after the last
 * step.
 */
export function endProcessGroup(child: GroupLeader): void {
  let timer: NodeJS.Timeout | undefined;
  const next = (index: number) => {
    const step = STEPS[index];
    if (step === undefined) {
      child.stdout?.destroy();
      child.stderr?.destroy();
      return;
    }
    signalGroup(child, step.signal);
    timer = setTimeout(() => next(index + 1), step.waitMs);
  };
  next(0);
  const stop = () => clearTimeout(timer);
  child.then(stop, stop);
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
