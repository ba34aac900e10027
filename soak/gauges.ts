/** What is measured after each round. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { run } from "../src/process/run.ts";
import type { GaugeKind } from "./verdict.ts";

/** Where a soak keeps its files, which are its own. */
export interface SoakFolders {
  /** What the process and all that it starts use for temporary files. */
  readonly temporary: string;
  readonly locks: string;
}

/** One measurement. */
export interface Gauge {
  readonly name: string;
  readonly kind: GaugeKind;
  readonly read: () => number | Promise<number>;
}

const MIB = 1024 ** 2;
const TIMEOUT_MS = 60_000;

/** The gauges of this process, and of a project's things on the engine. Linux only. */
export function gaugesOf(project: string, folders: SoakFolders): readonly Gauge[] {
  return [
    { name: "resident memory (MiB)", kind: "memory", read: () => afterCollection().rss / MIB },
    { name: "heap in use (MiB)", kind: "memory", read: () => afterCollection().heapUsed / MIB },
    { name: "file descriptors", kind: "count", read: () => readdirSync("/proc/self/fd").length },
    { name: "child processes", kind: "count", read: childProcesses },
    { name: "temporary files", kind: "count", read: () => readdirSync(folders.temporary).length },
    { name: "locks held", kind: "count", read: () => notesIn(folders.locks) },
    { name: "containers", kind: "count", read: () => countOf("container", project) },
    { name: "networks", kind: "count", read: () => countOf("network", project) },
    { name: "volumes", kind: "count", read: () => countOf("volume", project) },
  ];
}

/** What the collector has not come to yet is no leak. */
function afterCollection(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}

function childProcesses(): number {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === process.pid)
    .length;
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** A lock's file stays; the note in it goes when the lock is released. */
function notesIn(folder: string): number {
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0).length;
}

async function countOf(kind: "container" | "network" | "volume", project: string): Promise<number> {
  const all = kind === "container" ? ["--all"] : [];
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const { exitCode, stdout } = await run("docker", [kind, "ls", ...all, "--quiet", ...filter], {
    env: inheritedEnvironment(),
    timeoutMs: TIMEOUT_MS,
  });
  if (exitCode !== 0) {
    throw new Error(`docker ${kind} ls ended with ${exitCode}`);
  }
  return stdout.split("\n").filter((line) => line !== "").length;
}
