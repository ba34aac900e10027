/** Which processes are the Pulumi of a deploy, and whether a lock is one that they left. */
import type { PulumiLock } from "../pulumi/cli/stack-lock.ts";
import type { DeployNote } from "./deploy-note.ts";
import { bootedAtMs, fateOf, machineIdentity, processesOfGroup } from "./machine.ts";

/** How often it is looked which process has become Pulumi, until it has the lock. */
const RECORD_INTERVAL_MS = 50;

/**
 * Writes down who is at work from the start on, and again when that becomes another: npm's `pulumi` is
 * a launcher, and the lock names the process that it starts.
 */
export class PulumiRecord {
  readonly #write: (note: DeployNote) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (note: DeployNote) => void) {
    this.#write = write;
  }

  /** @param group the process that was started, which leads a group */
  start(group: number): void {
    const machine = machineIdentity();
    if (machine === undefined) {
      return;
    }
    const startedAtMs = Date.now();
    let known = "";
    const look = () => {
      const pids = [...new Set([group, ...processesOfGroup(group, "pulumi")])];
      if (pids.join() !== known) {
        known = pids.join();
        this.#write({ ...machine, pids, startedAtMs });
      }
    };
    look();
    this.#timer = setInterval(look, RECORD_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** Whether a lock is for certain that of the deploy which was killed. */
export function isLeftBy(
  { process: holder }: PulumiLock,
  left: DeployNote,
  fate = fateOf(left),
  bootMs = bootedAtMs(),
): boolean {
  if (holder === undefined || holder.host !== left.host || !left.pids.includes(holder.pid)) {
    return false;
  }
  // Pulumi writes whole seconds, and a lock of an earlier time was another one's.
  if (holder.takenAtMs < left.startedAtMs - 1_000 || fate !== "ended") {
    return false;
  }
  const isOfThisBoot = machineIdentity()?.bootId === left.bootId;
  // A number of before the start of the machine may have been given again since.
  return isOfThisBoot || (bootMs !== undefined && holder.takenAtMs < bootMs);
}
