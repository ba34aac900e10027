/**
 * Reads /proc. Processes end while they are looked at, and those of other users may not be looked
 * into, so everything that cannot be read counts as empty.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Names of the entries of a folder below /proc. */
export function procEntries(folder: string): string[] {
  return orElse([], () => readdirSync(folder));
}

/** Text of a file below /proc. */
export function procText(file: string): string {
  return orElse("", () => readFileSync(file, "utf8"));
}

/** Target of a symbolic link below /proc. */
export function procLink(path: string): string {
  return orElse("", () => readlinkSync(path));
}

/** Ids of all processes; none on a system without /proc. */
export function processIds(): number[] {
  return procEntries("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
