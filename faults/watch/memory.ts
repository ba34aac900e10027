/** Measures what memory the processes of a trial have at most. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { processesWith } from "./processes.ts";

/** How often is looked. A peak is the kernel's own, so that nothing between two looks is missed. */
const INTERVAL_MS = 100;

/** Most memory that any process of a program had, in MB, by program. */
export type PeaksMb = Readonly<Record<string, number>>;

/** Begins to look at the processes with that folder as `TMPDIR`. The result ends it. */
export function watchMemory(temporaryFolder: string): () => PeaksMb {
  const peaks: Record<string, number> = {};
  const look = () => {
    for (const { pid, command } of processesWith(temporaryFolder)) {
      const program = programOf(command);
      peaks[program] = Math.max(peaks[program] ?? 0, peakMb(pid));
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return peaks;
  };
}

/**
 * The program, and what of its arguments tells which one: node runs many. What is another one each
 * time, as the name of a pipe, does not.
 */
function programOf(command: string): string {
  const words = command.split(" ").map((word) => basename(word));
  return words
    .filter((word) => /^[a-z]/i.test(word) && !/\d{4}/.test(word))
    .slice(0, 3)
    .join(" ");
}

function peakMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_000;
  } catch {
    return 0;
  }
}
