/** Checks and ends processes of this machine by their id. */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Whether a process runs. A zombie does not count. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) {
    throw new Error(`expected the id of a process, got ${pid}`);
  }
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== "linux" || !["Z", "X", ""].includes(stateOf(pid));
}

/** State letter of a process in Linux; empty when the process does not exist. */
function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).charAt(0);
  } catch {
    return "";
  }
}

/** Kills processes by their ids. */
export function killAll(pids: Iterable<number>): void {
  for (const pid of pids) {
    if (isAlive(pid)) {
      process.kill(pid, "SIGKILL");
    }
  }
}

/** Waits for a condition, and fails with `what` when it does not hold within `timeoutMs`. */
export async function eventually(
  what: string,
  condition: () => boolean,
  timeoutMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) {
      throw new Error(`${what}: not so within ${timeoutMs} ms`);
    }
    await delay(10);
  }
}
