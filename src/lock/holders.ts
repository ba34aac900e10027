/**
 * Which processes hold a lock. A run that was killed may have left compose at work, which inherited
 * the lock, and whom nobody's note names.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { cleanText } from "../text/clean.ts";

/** A process that holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** Name of its program. */
  readonly program: string;
}

const MAX_PROGRAM_CHARACTERS = 64;

/**
 * The processes that hold the lock of the file behind a descriptor, as far as this user may look
 * into them; none on a system without /proc.
 */
export function lockHolders(descriptor: number): LockHolder[] {
  const file = orElse("", () => readlinkSync(`/proc/self/fd/${descriptor}`));
  if (file === "") {
    return [];
  }
  return entriesOf("/proc")
    .filter((name) => /^\d+$/.test(name) && holds(`/proc/${name}`, file))
    .map((pid) => ({ pid: Number(pid), program: programOf(`/proc/${pid}`) }))
    .sort((a, b) => a.pid - b.pid);
}

/** Whoever waits has the file open as well: only a holder's descriptor is said to have a lock. */
function holds(process: string, file: string): boolean {
  return entriesOf(`${process}/fd`).some((fd) => {
    const same = orElse("", () => readlinkSync(`${process}/fd/${fd}`)) === file;
    return same && read(`${process}/fdinfo/${fd}`).includes("FLOCK");
  });
}

/** Without its arguments. */
function programOf(process: string): string {
  const [program = ""] = read(`${process}/cmdline`).split("\0");
  return cleanText(basename(program)).slice(0, MAX_PROGRAM_CHARACTERS);
}

const entriesOf = (folder: string) => orElse([], () => readdirSync(folder));
const read = (file: string) => orElse("", () => readFileSync(file, "utf8"));

/** Processes end while they are looked at, and those of others may not be looked into. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
