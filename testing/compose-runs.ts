/**
 * Watches the compose processes that change a project, by polling the processes of this machine.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** Polling interval in milliseconds, much shorter than any change. */
const LOOK_INTERVAL_MS = 20;

const CHANGES = ["up", "down", "restart", "stop", "start", "rm", "create"];

/** One compose process that changes a project. */
export interface ComposeRun {
  readonly pid: number;
  readonly command: string;
  /** Times of the first and last sighting, by `performance.now()`. */
  readonly firstMs: number;
  lastMs: number;
}

/** Sightings so far. */
export interface ComposeWatch {
  readonly runs: readonly ComposeRun[];
  /** Ids of processes that ran at the same time; each entry has more than one. */
  readonly meetings: readonly number[][];
  /** The run in progress. */
  current(command: string): ComposeRun | undefined;
  stop(): void;
}

/** Starts to poll. */
export function watchComposeRuns(project: string): ComposeWatch {
  const runs = new Map<number, ComposeRun>();
  const meetings: number[][] = [];
  const look = () => {
    const nowMs = performance.now();
    const seen = changesOf(project);
    for (const { pid, command } of seen) {
      const known = runs.get(pid) ?? { pid, command, firstMs: nowMs, lastMs: nowMs };
      known.lastMs = nowMs;
      runs.set(pid, known);
    }
    if (seen.length > 1) {
      meetings.push(seen.map(({ pid }) => pid));
    }
    return seen;
  };
  const timer = setInterval(look, LOOK_INTERVAL_MS);
  return {
    get runs() {
      return [...runs.values()];
    },
    meetings,
    current: (command) => {
      const found = look().find((run) => run.command === command);
      return found && runs.get(found.pid);
    },
    stop: () => clearInterval(timer),
  };
}

/** Finds compose itself, which is the plugin; the docker CLI that started it may end earlier. */
function changesOf(project: string): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [program = "", ...args] = argumentsOf(pid);
      const command = args.find((arg) => CHANGES.includes(arg));
      const ours = basename(program) === "docker-compose" && args.includes(project);
      return ours && command !== undefined ? [{ pid: Number(pid), command }] : [];
    });
}

function argumentsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // The process has ended.
    return [];
  }
}
