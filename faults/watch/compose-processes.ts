/** The compose processes of a trial, whoever has started them. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { argumentsOf, processesWith } from "./processes.ts";

/** How often is looked, in milliseconds. */
const INTERVAL_MS = 50;

/** Programs that stand between compose and what runs it. */
const BETWEEN = ["docker", "docker-compose", "sh"];

/**
 * Ids of the processes that are compose itself, at work on a command such as `up`. What compose has
 * forked, and is about to become another program, still has compose's arguments and is left out.
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
 * The process that runs compose: the nearest above it that is neither docker nor a shell. Where a
 * person typed compose, so that there is none of the trial, it is docker itself.
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

/** Looks until something is seen; undefined once `signal` says that it is too late. */
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

/** Begins to look whether compose is ever at work twice at once. */
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

/** Kills what may have ended meanwhile. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
