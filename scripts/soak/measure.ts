/** Looks at this process and at the host between two rounds. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { lockFolder } from "../../src/lock/folder.ts";
import { probe } from "../setup/command.ts";
import type { SetupContext } from "../setup/context.ts";
import type { Measurement } from "./quantities.ts";

const DOCKER_TIMEOUT_MS = 60_000;

const MEGABYTE = 1_000_000;

/** What a soak makes on the host. */
export interface Traces {
  /** What the names of all that is made in docker begin with. */
  readonly prefix: string;
  /** The folder for temporary files of this process and its children. */
  readonly temporary: string;
}

/** Everything that counts, now. */
export async function measure(context: SetupContext, traces: Traces): Promise<Measurement> {
  const [containers, networks, volumes] = await Promise.all([
    countInDocker(context, ["container", "ls", "--all", "--format", "{{.Names}}"], traces.prefix),
    countInDocker(context, ["network", "ls", "--format", "{{.Name}}"], traces.prefix),
    countInDocker(context, ["volume", "ls", "--format", "{{.Name}}"], traces.prefix),
  ]);
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rssMb: rss / MEGABYTE,
    heapMb: heapUsed / MEGABYTE,
    descriptors: descriptorsOf("self"),
    processes: descendantsOf(process.pid).length,
    containers,
    networks,
    volumes,
    locks: heldLocks(traces.prefix),
    temporaryFiles: readdirSync(traces.temporary).length,
  };
}

/** What is left after a collection is in use; without one, memory tells of the last minute. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** The folder itself is open while it is read. */
function descriptorsOf(pid: number | "self"): number {
  return readdirSync(`/proc/${pid}/fd`).length - 1;
}

/** Ids of all processes that this one started, and of those that they did. */
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

/** What follows the program's name in brackets, in which anything may stand, is state and parent. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** Locks of our projects that somebody holds, by the kernel's own list. */
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

async function countInDocker(context: SetupContext, args: readonly string[], prefix: string) {
  const listed = await probe(context, { program: "docker", args, timeoutMs: DOCKER_TIMEOUT_MS });
  if (listed === undefined) {
    throw new Error(`docker ${args.join(" ")} failed; is the engine still running?`);
  }
  return listed.split("\n").filter((name) => name.includes(prefix)).length;
}
