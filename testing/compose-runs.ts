/** Watches which compose processes change a project, by looking at the processes of this machine. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** How often it is looked, in milliseconds: far shorter than any change takes. */
const LOOK_INTERVAL_MS = 20;

const CHANGES = ["up", "down", "restart", "stop", "start", "rm", "create"];

/** One compose process that changes a project. */
export interface ComposeRun {
  readonly pid: number;
  readonly command: string;
  /** When it was seen first and last, by `performance.now()`. */
  readonly firstMs: number;
  lastMs: number;
}

/** What was seen so far. */
export interface ComposeWatch {
  readonly runs: readonly ComposeRun[];
  /** Ids of the processes that were seen at one time, where those were more than one. */
  readonly meetings: readonly number[][];
  /** The one that runs now. */
  current(command: string): ComposeRun | undefined;
  stop(): void;
}

/** Begins to look. */
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

/** Compose itself is the plugin; the docker CLI in front of it may end before. */
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
    // It has ended.
    return [];
  }
}
