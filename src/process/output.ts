/** Most bytes of one stream that a finished process keeps, unless told otherwise: 8 MiB. */
export const DEFAULT_CAPTURE_BYTES = 8 * 1024 * 1024;

/**
 * Keeps the last bytes of a stream, however long the stream is.
 *
 * Memory stays below twice `limitBytes`: whole chunks are dropped from the front once the rest
 * alone fills the limit.
 */
export class TailBuffer {
  readonly #limitBytes: number;
  readonly #chunks: Buffer[] = [];
  #sizeBytes = 0;
  #dropped = false;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Whether bytes were dropped from the front. */
  get truncated(): boolean {
    return this.#dropped || this.#sizeBytes > this.#limitBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
    let first = this.#chunks[0];
    while (first !== undefined && this.#sizeBytes - first.length >= this.#limitBytes) {
      this.#chunks.shift();
      this.#sizeBytes -= first.length;
      this.#dropped = true;
      first = this.#chunks[0];
    }
  }

  /** The kept bytes as text; bytes that are no UTF-8 become U+FFFD. */
  toString(): string {
    const all = Buffer.concat(this.#chunks);
    return all.subarray(Math.max(0, all.length - this.#limitBytes)).toString("utf8");
  }
}

/** Longest line that {@link LineSplitter} hands on whole; the rest of a longer one is dropped. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/** Cuts a byte stream into lines without ever holding more than one bounded line. */
export class LineSplitter {
  readonly #decoder = new TextDecoder("utf-8", { fatal: false });
  readonly #onLine: (line: string) => void;
  #rest = "";

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) {
      this.#onLine(line.slice(0, MAX_LINE_CHARACTERS));
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
