/** Measures the peak memory of the processes of a trial. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { processesWith } from "./processes.ts";

/**
 * Polling interval in milliseconds. The kernel reports peaks, so nothing between two polls is
 * missed.
 */
const INTERVAL_MS = 100;

/** Peak memory of any process of a program in MB, by program. */
export type PeaksMb = Readonly<Record<string, number>>;

/** Starts to poll the processes with this folder as `TMPDIR`. The returned function ends it. */
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
 * Identifies a program by its name and the arguments that tell scripts of node apart. Arguments
 * that differ each time, such as the name of a pipe, are left out.
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
