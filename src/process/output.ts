/** Bytes of each stream to keep unless the caller says otherwise: 8 MiB. */
export const DEFAULT_CAPTURE_BYTES = 8 * 1024 * 1024;

/** First size of a {@link TailBuffer}, which doubles up to the limit. */
const FIRST_ROOM_BYTES = 16 * 1024;

/**
 * Keeps the last bytes of a stream of any length. Uses at most `limitBytes` of memory, and at most
 * twice the length of the stream.
 */
export class TailBuffer {
  readonly #limitBytes: number;
  #room = Buffer.alloc(0);
  /** Bytes of the stream so far. Byte n of the stream lies at n modulo the size of the buffer. */
  #seenBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Whether the first bytes of the stream were dropped. */
  get truncated(): boolean {
    return this.#seenBytes > this.#limitBytes;
  }

  /** Copies the chunk, or the last part of it that fits. */
  push(chunk: Buffer): void {
    this.#grow(this.#seenBytes + chunk.length);
    const kept = chunk.subarray(Math.max(0, chunk.length - this.#room.length));
    this.#seenBytes += chunk.length - kept.length;
    const at = this.#seenBytes % (this.#room.length || 1);
    const untilEnd = kept.copy(this.#room, at);
    kept.copy(this.#room, 0, untilEnd);
    this.#seenBytes += kept.length;
  }

  /** Returns the kept bytes as text, with U+FFFD for bytes that are not UTF-8. */
  toString(): string {
    if (!this.truncated) {
      return this.#room.toString("utf8", 0, this.#seenBytes);
    }
    const first = this.#seenBytes % this.#room.length;
    const inOrder = [this.#room.subarray(first), this.#room.subarray(0, first)];
    return Buffer.concat(inOrder).toString("utf8");
  }

  #grow(bytes: number): void {
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
 * Frees the memory of a chunk at once, which empties the chunk. The garbage collector would let the
 * output of a fast program grow to 60 MB and more before it ran.
 */
export function release(chunk: Buffer): void {
  // Small buffers may share their memory with others.
  if (chunk.buffer instanceof ArrayBuffer && chunk.length === chunk.buffer.byteLength) {
    chunk.buffer.transfer(0);
  }
}

/** Longest line that {@link LineSplitter} hands on; the rest of a longer line is dropped. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/** Splits a byte stream into lines, holding no more than one line of bounded length. */
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

  /** Hands on the lines that the chunk completes. */
  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, this.#maxCharacters);
    for (const line of lines) {
      this.#onLine(line.slice(0, this.#maxCharacters));
    }
  }

  /** Hands on the last line if no newline ended it. */
  end(): void {
    const last = this.#rest + this.#decoder.decode();
    this.#rest = "";
    if (last !== "") {
      this.#onLine(last);
    }
  }
}
