/** What a lock's file says of who holds the lock, or held it and was cut short. */
import { ftruncateSync, readSync, writeSync } from "node:fs";
import { z } from "zod";

/** Any user of the machine can write a note: one word each, and nothing that moves a cursor. */
const word = z.string().regex(/^[^\p{C}\s]{1,255}$/u);

const schema = z.object({
  pid: z.int().min(1),
  host: word,
  /** What it does, such as `up`. */
  operation: word,
  /** When it got the lock, as ISO 8601. */
  startedAt: z.iso.datetime(),
});

/** Who works, on what and since when. Holds no secret. */
export type LockNote = z.output<typeof schema>;

/** Most bytes of a note that are read. */
const MAX_BYTES = 4 * 1024;

/**
 * The note in a lock's file; `unreadable` when there is one of a form that is not known, and
 * undefined when there is none.
 */
export function readNote(descriptor: number): LockNote | "unreadable" | undefined {
  const buffer = Buffer.alloc(MAX_BYTES);
  const text = buffer.subarray(0, readSync(descriptor, buffer, 0, MAX_BYTES, 0)).toString("utf8");
  return text === "" ? undefined : parseNote(text);
}

/** Only the holder of the lock may do this. */
export function writeNote(descriptor: number, note: LockNote): void {
  clearNote(descriptor);
  writeSync(descriptor, `${JSON.stringify(note)}\n`, 0);
}

/** Only the holder of the lock may do this. */
export function clearNote(descriptor: number): void {
  ftruncateSync(descriptor, 0);
}

/** Reads the text of a note. */
export function parseNote(text: string): LockNote | "unreadable" {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return "unreadable";
  }
}
