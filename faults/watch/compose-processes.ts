/** Compose processes of a trial, whatever started them. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { argumentsOf, processesWith } from "./processes.ts";

/** Polling interval in milliseconds. */
const INTERVAL_MS = 50;

/** Programs between compose and the process that runs it. */
const BETWEEN = ["docker", "docker-compose", "sh"];

/**
 * Lists ids of processes of compose itself, running a command such as `up`. A process that compose
 * has forked and that is about to run another program still has compose's arguments, and is left
 * out.
 */
export function composeProcesses(temporaryFolder: string, command: string): number[] {
  const found = processesWith(temporaryFolder)
    .map(({ pid }) => pid)
    .filter((pid) => {
      const [program = "", ...args] = argumentsOf(pid).split("\0");
      return basename(program) === "docker-compose" && args.includes(command);
    });
  return found.filter((pid) => !found.includes(parentOf(pid) ?? 0));
}

/**
 * Finds the process that runs compose: the nearest ancestor that is neither docker nor a shell.
 * When a person typed compose, so that the trial has no such process, docker itself is returned.
 */
export function runnerOf(compose: number): number {
  let pid = compose;
  for (;;) {
    const parent = parentOf(pid);
    if (parent === undefined || parent === process.pid || parent <= 1) {
      return pid;
    }
    const [program = ""] = argumentsOf(parent).split("\0");
    pid = parent;
    if (!BETWEEN.includes(basename(program))) {
      return pid;
    }
  }
}

/** Polls until something is seen; undefined after `signal` fires. */
export async function firstSeen<T>(
  look: () => Promise<T | undefined> | T | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  while (!signal.aborted) {
    const seen = await look();
    if (seen !== undefined) {
      return seen;
    }
    await delay(INTERVAL_MS);
  }
  return undefined;
}

/** Starts to poll for compose processes that run at the same time. */
export function watchMeetings(temporaryFolder: string, command: string) {
  const meetings: number[][] = [];
  const timer = setInterval(() => {
    const seen = composeProcesses(temporaryFolder, command);
    if (seen.length > 1) {
      meetings.push(seen);
    }
  }, INTERVAL_MS);
  return { meetings, stop: () => clearInterval(timer) };
}

/** Kills a process that may have ended meanwhile. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process has ended.
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
