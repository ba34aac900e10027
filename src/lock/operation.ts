/** An operation that wants a lock, and the note that the holder of a lock leaves about itself. */

import { ftruncateSync, readSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import type { ProgressListener } from "../progress.ts";
import { SETTINGS } from "../spec/settings.ts";

/** Time to wait for another operation on the same project unless given, in seconds. */
export const DEFAULT_LOCK_TIMEOUT_SECONDS = SETTINGS.lockTimeoutSeconds.default;

/** Options of `withLock`. */
export interface LockOptions {
  readonly project: string;
  /** Name of the locked thing in messages. Defaults to `project` and its name. */
  readonly subject?: string | undefined;
  /** Name of the operation, such as `up`, for those who have to wait for it. */
  readonly operation: string;
  /** How long to wait for another operation, in seconds, 0 or more. Defaults to 60. */
  readonly timeoutSeconds?: number | undefined;
  /** Setting that makes the wait longer; empty for none. Defaults to that of a project. */
  readonly longerWait?: string | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Options of `withProjectLock`. */
export interface ProjectLockOptions extends LockOptions {
  /** Engine that the project is on. */
  readonly engine: DockerEndpoint;
}

/** One word without control characters: any user of the machine can write a note. */
const word = z.string().regex(/^[^\p{C}\s]{1,255}$/u);

const schema = z.object({
  pid: z.int().min(1),
  host: word,
  /** Name of the operation, such as `up`. */
  operation: word,
  /** Time at which the operation got the lock, as ISO 8601. */
  startedAt: z.iso.datetime(),
});

/** The holder of a lock, its operation, and the start of the operation. Holds no secret. */
export type LockNote = z.output<typeof schema>;

/** Bytes of a note that are read. */
const MAX_NOTE_BYTES = 4 * 1024;

/** Makes the note of an operation of this process that begins now. */
export function newNote(operation: string): LockNote {
  return {
    pid: process.pid,
    host: hostname(),
    operation,
    startedAt: new Date().toISOString(),
  };
}

/** Reads the note in a lock file: `unreadable` for a malformed one, undefined for an empty file. */
export function readNote(descriptor: number): LockNote | "unreadable" | undefined {
  const buffer = Buffer.alloc(MAX_NOTE_BYTES);
  const length = readSync(descriptor, buffer, 0, MAX_NOTE_BYTES, 0);
  const text = buffer.subarray(0, length).toString("utf8");
  return text === "" ? undefined : parseNote(text);
}

/** Writes a note into a lock file. Only the holder of the lock may do this. */
export function writeNote(descriptor: number, note: LockNote): void {
  clearNote(descriptor);
  writeSync(descriptor, `${JSON.stringify(note)}\n`, 0);
}

/** Empties a lock file. Only the holder of the lock may do this. */
export function clearNote(descriptor: number): void {
  ftruncateSync(descriptor, 0);
}

/** Parses the text of a note. */
export function parseNote(text: string): LockNote | "unreadable" {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return "unreadable";
  }
}
