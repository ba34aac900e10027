/** Finds the processes of a trial: all descendants, which have its folder as `TMPDIR`. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A running process. */
export interface RunningProcess {
  readonly pid: number;
  /** Arguments, joined by spaces. */
  readonly command: string;
}

/** Ids of all processes of this host. */
export function processIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Command line of a process, with NUL between arguments; empty when it has gone. */
export function argumentsOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

/** Lists processes with this folder as `TMPDIR`, without zombies. */
export function processesWith(temporaryFolder: string): RunningProcess[] {
  const mark = `\0TMPDIR=${temporaryFolder}\0`;
  return processIds()
    .filter((pid) => pid !== process.pid && `\0${read(`/proc/${pid}/environ`)}`.includes(mark))
    .filter((pid) => !/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`)))
    .map((pid) => ({ pid, command: argumentsOf(pid).replaceAll("\0", " ").trim() }));
}

/** Lists the processes that are still there after `graceMs`, the time for an orderly end. */
export async function lingeringProcesses(
  temporaryFolder: string,
  graceMs: number,
): Promise<RunningProcess[]> {
  const until = performance.now() + graceMs;
  for (;;) {
    const left = processesWith(temporaryFolder);
    if (left.length === 0 || performance.now() > until) {
      return left;
    }
    await delay(50);
  }
}

/** Kills the processes. */
export async function endProcesses(temporaryFolder: string): Promise<void> {
  for (const { pid } of processesWith(temporaryFolder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // The process has ended by itself.
    }
  }
  await lingeringProcesses(temporaryFolder, 2_000);
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
