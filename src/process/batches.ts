/** When what has come is handed on: soon, and much of it at once. */
const WAIT_MS = 100;
const MAX_CHARACTERS = 32 * 1024;

/**
 * Collects lines and hands them on together: 100 ms after the first of them, or once they are 32 Ki
 * characters. One batch is handed on at a time.
 */
export class Batches {
  readonly #onBatch: (lines: readonly string[]) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #lines: string[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakeTimer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();
  #failed = false;

  /** @param onFailure told what `onBatch` has thrown; nothing is handed on after it */
  constructor(
    onBatch: (lines: readonly string[]) => Promise<void>,
    onFailure: (error: unknown) => void,
  ) {
    this.#onBatch = onBatch;
    this.#onFailure = onFailure;
  }

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
   * Hands on what there is by then, be it nothing, after so many milliseconds; never where they are
   * infinite. Said again, the last word counts.
   */
  wakeIn(waitMs: number): void {
    clearTimeout(this.#wakeTimer);
    if (Number.isFinite(waitMs)) {
      this.#wakeTimer = setTimeout(() => this.#handOnLater(this.#take()), Math.max(0, waitMs));
    }
  }

  /** Settles once there is room for more; at once while little has come. Never rejects. */
  room(): Promise<void> {
    return this.#last;
  }

  /** Hands on what there is, and settles once that is done. Never rejects. */
  flush(): Promise<void> {
    const lines = this.#take();
    return lines.length > 0 ? this.#handOnLater(lines) : this.#last;
  }

  /** Does as {@link flush}, and hands on nothing after it. */
  async end(): Promise<void> {
    await this.flush();
    clearTimeout(this.#wakeTimer);
  }

  #take(): string[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#characters = 0;
    return lines;
  }

  #handOnLater(lines: readonly string[]): Promise<void> {
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
