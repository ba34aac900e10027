/** Wait after the first line of a batch, in milliseconds. */
const WAIT_MS = 100;
/** Characters after which a batch is handed on without waiting. */
const MAX_CHARACTERS = 32 * 1024;

/**
 * Collects lines and hands them on in batches: 100 ms after the first line, or as soon as the lines
 * have 32 Ki characters. Batches are handed on one after another.
 */
export class Batches {
  readonly #onBatch: (lines: readonly string[]) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #lines: string[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushTimer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();
  #failed = false;

  /** @param onFailure called with an error of `onBatch`, after which nothing more is handed on */
  constructor(
    onBatch: (lines: readonly string[]) => Promise<void>,
    onFailure: (error: unknown) => void,
  ) {
    this.#onBatch = onBatch;
    this.#onFailure = onFailure;
  }

  /** Adds a line to the next batch. */
  add(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= MAX_CHARACTERS) {
      void this.flush();
    } else {
      this.#timer ??= setTimeout(() => void this.flush(), WAIT_MS);
    }
  }

  /**
   * Flushes after `waitMs`, even when nothing was added. `Infinity` cancels. A later call replaces
   * an earlier one.
   */
  flushAfter(waitMs: number): void {
    clearTimeout(this.#flushTimer);
    if (Number.isFinite(waitMs)) {
      this.#flushTimer = setTimeout(() => this.#enqueue(this.#take()), Math.max(0, waitMs));
    }
  }

  /** Settles once all batches so far are handed on; at once while there are none. Never rejects. */
  drained(): Promise<void> {
    return this.#last;
  }

  /** Hands the collected lines on. Settles once all batches are handed on. Never rejects. */
  flush(): Promise<void> {
    const lines = this.#take();
    return lines.length > 0 ? this.#enqueue(lines) : this.#last;
  }

  /** Flushes for the last time, and cancels {@link flushAfter}. */
  async end(): Promise<void> {
    await this.flush();
    clearTimeout(this.#flushTimer);
  }

  #take(): string[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#characters = 0;
    return lines;
  }

  #enqueue(lines: readonly string[]): Promise<void> {
    this.#last = this.#last.then(() => this.#handOn(lines));
    return this.#last;
  }

  async #handOn(lines: readonly string[]): Promise<void> {
    if (this.#failed) {
      return;
    }
    try {
      await this.#onBatch(lines);
    } catch (error) {
      this.#failed = true;
      this.#onFailure(error);
    }
  }
}
