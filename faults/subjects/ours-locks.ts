/** Locks of this project that are held, or appear to be. */
import { readFileSync, statSync } from "node:fs";
import { filesBelow } from "../watch/secret-watch.ts";

/** Lists locks below a folder, in words, by the kernel's list and by the files' contents. */
export function ownLocks(folder: string): string[] {
  const held = heldFiles();
  return filesBelow(folder).flatMap((file) => {
    const { ino, size } = statSync(file);
    return [
      ...(held.has(ino) ? [`the lock ${file}`] : []),
      ...(size > 0 ? [`the note in ${file}`] : []),
    ];
  });
}

/** Inode numbers of all locked files of this host. */
function heldFiles(): Set<number> {
  const lines = readFileSync("/proc/locks", "utf8").split("\n");
  return new Set(lines.map((line) => Number(/\s[0-9a-f]+:[0-9a-f]+:(\d+)\s/.exec(line)?.[1])));
}
