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

  /** Settles once there is room for more; at once while little has come. Never rejects. */
  room(): Promise<void> {
    return this.#last;
  }

  /** Hands on what there is, and settles once that is done. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    this.#characters = 0;
    if (lines.length > 0) {
      this.#last = this.#last.then(() => this.#handOn(lines));
    }
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
