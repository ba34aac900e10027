/** Finds the processes of a trial: those, however far removed, that have its folder as `TMPDIR`. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A process that runs. */
export interface RunningProcess {
  readonly pid: number;
  /** Its arguments, joined by spaces. */
  readonly command: string;
}

/** The ids of all processes of this host. */
export function processIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** What a process was started with, NUL between arguments; empty when it has gone. */
export function argumentsOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

/** The processes with that folder as `TMPDIR`. One that has ended and was not collected is none. */
export function processesWith(temporaryFolder: string): RunningProcess[] {
  const mark = `\0TMPDIR=${temporaryFolder}\0`;
  return processIds()
    .filter((pid) => pid !== process.pid && `\0${read(`/proc/${pid}/environ`)}`.includes(mark))
    .filter((pid) => !/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`)))
    .map((pid) => ({ pid, command: argumentsOf(pid).replaceAll("\0", " ").trim() }));
}

/** Those of them that are there after `graceMs`, the time that well-behaved ones take to end. */
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

/** Ends them, in whatever state they are. */
export async function endProcesses(temporaryFolder: string): Promise<void> {
  for (const { pid } of processesWith(temporaryFolder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
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
