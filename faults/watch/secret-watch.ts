/** Searches for secrets in arguments and temporary files while a subject runs. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { argumentsOf, processIds } from "./processes.ts";
import type { SecretSearch } from "./secret-search.ts";

/** Polling interval in milliseconds. Shorter-lived processes may be missed. */
const INTERVAL_MS = 20;
/** Number of polls with unchanged arguments after which a process counts as settled. */
const SETTLED_LOOKS = 5;
/**
 * Polls between two reads of a settled process's arguments, half a second: there may be hundreds.
 */
const SETTLED_INTERVAL = 25;
/** Maximum number of bytes to read of a file. */
const MAX_FILE_BYTES = 1024 * 1024;

/** A watch that can be ended. */
export interface SecretWatch {
  /** Ends the watch and lists the sightings, each place and form once, in words. */
  stop(): string[];
  /** Number of polls so far. */
  looks(): number;
}

/** Starts to poll all processes' arguments, and the files below a folder. */
export function watchSecrets(search: SecretSearch, temporaryFolder: string): SecretWatch {
  const seen = new Set<string>();
  const known = new Set<string>();
  const steady = new Map<number, { text: string; looks: number }>();
  let looks = 0;
  const look = () => {
    looks += 1;
    for (const pid of processIds()) {
      const last = steady.get(pid);
      if ((last?.looks ?? 0) >= SETTLED_LOOKS && (looks + pid) % SETTLED_INTERVAL !== 0) {
        continue;
      }
      const text = argumentsOf(pid);
      steady.set(pid, { text, looks: text === last?.text ? last.looks + 1 : 0 });
      if (!known.has(text)) {
        known.add(text);
        for (const { secret, form } of search.find(text)) {
          const [program = ""] = text.split("\0");
          seen.add(`${secret} (${form}) in the arguments of ${program}`);
        }
      }
    }
    for (const finding of secretsInFiles(search, temporaryFolder, known)) {
      seen.add(finding);
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return [...seen];
    },
    looks: () => looks,
  };
}

/**
 * Lists the sightings in the files below a folder, in words.
 *
 * @param known files that were searched before and have not changed since; updated
 */
export function secretsInFiles(
  search: SecretSearch,
  folder: string,
  known: Set<string> = new Set(),
): string[] {
  return filesBelow(folder).flatMap((file) => {
    const stamp = stampOf(file);
    if (stamp === undefined || known.has(stamp)) {
      return [];
    }
    known.add(stamp);
    return search
      .find(contentOf(file))
      .map(({ secret, form }) => `${secret} (${form}) in the file ${file}`);
  });
}

/** Lists the regular files below a folder; files that vanish meanwhile are left out. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    });
  } catch {
    return [];
  }
}

function stampOf(file: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${file} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file).subarray(0, MAX_FILE_BYTES).toString("utf8");
  } catch {
    return "";
  }
}
