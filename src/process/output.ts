/** Most bytes of one stream that a finished process keeps, unless told otherwise: 8 MiB. */
export const DEFAULT_CAPTURE_BYTES = 8 * 1024 * 1024;

/** Room that a {@link TailBuffer} starts with; it doubles until the limit is reached. */
const FIRST_ROOM_BYTES = 16 * 1024;

/**
 * Keeps the last bytes of a stream, however long the stream is, in memory of its own: at most
 * `limitBytes`, and no more than twice of what the stream had.
 */
export class TailBuffer {
  readonly #limitBytes: number;
  #room = Buffer.alloc(0);
  /** Bytes of the stream so far. The byte at place n lies at n modulo the size of the room. */
  #seenBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Whether bytes were dropped from the front. */
  get truncated(): boolean {
    return this.#seenBytes > this.#limitBytes;
  }

  /** Copies what it keeps of the chunk. */
  push(chunk: Buffer): void {
    this.#makeRoom(this.#seenBytes + chunk.length);
    const kept = chunk.subarray(Math.max(0, chunk.length - this.#room.length));
    this.#seenBytes += chunk.length - kept.length;
    const at = this.#seenBytes % (this.#room.length || 1);
    const untilEnd = kept.copy(this.#room, at);
    kept.copy(this.#room, 0, untilEnd);
    this.#seenBytes += kept.length;
  }

  /** The kept bytes as text; bytes that are no UTF-8 become U+FFFD. */
  toString(): string {
    if (!this.truncated) {
      return this.#room.toString("utf8", 0, this.#seenBytes);
    }
    const first = this.#seenBytes % this.#room.length;
    const inOrder = [this.#room.subarray(first), this.#room.subarray(0, first)];
    return Buffer.concat(inOrder).toString("utf8");
  }

  #makeRoom(bytes: number): void {
    if (bytes > this.#room.length && this.#room.length < this.#limitBytes) {
      let size = Math.max(this.#room.length, FIRST_ROOM_BYTES);
      while (size < bytes && size < this.#limitBytes) {
        size *= 2;
      }
      const room = Buffer.alloc(Math.min(size, this.#limitBytes));
      this.#room.copy(room);
      this.#room = room;
    }
  }
}

/**
 * Gives the memory of a chunk back at once, after which it is empty. Left to the garbage collector,
 * what a program writes quickly takes 60 MB and more before the collector looks at it.
 */
export function release(chunk: Buffer): void {
  // Small buffers may share their memory with others.
  if (chunk.buffer instanceof ArrayBuffer && chunk.length === chunk.buffer.byteLength) {
    chunk.buffer.transfer(0);
  }
}

/** Longest line that {@link LineSplitter} hands on whole; the rest of a longer one is dropped. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/** Cuts a byte stream into lines without ever holding more than one bounded line. */
export class LineSplitter {
  readonly #decoder = new TextDecoder("utf-8", { fatal: false });
  readonly #onLine: (line: string) => void;
  readonly #maxCharacters: number;
  #rest = "";

  /** @param maxCharacters longest line, in UTF-16 units. Defaults to 16384. */
  constructor(onLine: (line: string) => void, maxCharacters = MAX_LINE_CHARACTERS) {
    this.#onLine = onLine;
    this.#maxCharacters = maxCharacters;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, this.#maxCharacters);
    for (const line of lines) {
      this.#onLine(line.slice(0, this.#maxCharacters));
    }
  }

  /** Hands on an unterminated last line. */
  end(): void {
    const last = this.#rest + this.#decoder.decode();
    this.#rest = "";
    if (last !== "") {
      this.#onLine(last);
    }
  }
}
