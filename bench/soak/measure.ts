/** Measures this process and the host between two rounds. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { lockFolder } from "../../src/lock/file-lock.ts";
import { docker } from "../../testing/docker.ts";
import type { Measurement } from "./quantities.ts";

/** Names of resources that a soak creates on the host. */
export interface Traces {
  /** Prefix of all names in docker. */
  readonly prefix: string;
  /** Folder for temporary files of this process and its children. */
  readonly temporary: string;
}

/** Measures all quantities. */
export async function measure({ prefix, temporary }: Traces): Promise<Measurement> {
  const [containers, networks, volumes] = await Promise.all([
    countInDocker(["container", "ls", "--all", "--format", "{{.Names}}"], prefix),
    countInDocker(["network", "ls", "--format", "{{.Name}}"], prefix),
    countInDocker(["volume", "ls", "--format", "{{.Name}}"], prefix),
  ]);
  collectGarbage();
  const { rss, heapUsed: heap } = process.memoryUsage();
  return {
    rss,
    heap,
    descriptors: descriptorsOf("self"),
    processes: descendantsOf(process.pid).length,
    containers,
    networks,
    volumes,
    locks: heldLocks(prefix),
    files: readdirSync(temporary).length,
  };
}

/** Collects garbage: without a collection, memory reflects the last minute instead of use. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Counts open file descriptors, without the folder that is open during the count. */
function descriptorsOf(pid: number | "self"): number {
  return readdirSync(`/proc/${pid}/fd`).length - 1;
}

/** Ids of all descendants of a process. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) {
      parents.set(Number(name), parent);
    }
  }
  const found: number[] = [];
  for (let next = [pid]; next.length > 0; ) {
    next = [...parents].filter(([, parent]) => next.includes(parent)).map(([child]) => child);
    found.push(...next);
  }
  return found;
}

/**
 * Parent of a process. State and parent follow the program's name in brackets, which may hold any
 * characters.
 */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** Counts held locks of test projects, by the kernel's own list. */
function heldLocks(prefix: string): number {
  const folder = lockFolder();
  const inodes = readdirOrNothing(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => statSync(join(folder, name)).ino);
  return inodesLocked(readFileSync("/proc/locks", "utf8")).filter((inode) => inodes.includes(inode))
    .length;
}

/** Inodes in the text of `/proc/locks`: the last part of `MAJOR:MINOR:INODE` (see proc(5)). */
export function inodesLocked(procLocks: string): number[] {
  return [...procLocks.matchAll(/ [0-9a-f]+:[0-9a-f]+:(\d+) /g)].map(([, inode]) => Number(inode));
}

function readdirOrNothing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function countInDocker(args: readonly string[], prefix: string): Promise<number> {
  const names = (await docker(...args)).split("\n");
  return names.filter((name) => name.includes(prefix)).length;
}
