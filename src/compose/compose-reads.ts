import { PromiseCache } from "../process/async.ts";

/** Answers of compose by question, as one program hands them to another. Plain JSON. */
export type ComposeAnswers = Readonly<Record<string, unknown>>;

/**
 * Cache of compose's answers about compose files, shared by all deployments of the same files with
 * other values. Discard it before the files can have changed.
 */
export class ComposeReads {
  readonly #cache = new PromiseCache();
  readonly #shared: Record<string, unknown>;

  /** @param answers of another program about the same files. Defaults to none. */
  constructor(answers: ComposeAnswers = {}) {
    this.#shared = { ...answers };
  }

  /** Answers to questions of {@link shared} so far. May hold what the compose files say literally. */
  get answers(): ComposeAnswers {
    return { ...this.#shared };
  }

  /**
   * Returns the cached answer, or asks and caches it. A failure is not cached: its cause may be
   * gone before the next call.
   *
   * @param question names the question and everything that its answer depends on
   */
  once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    return this.#cache.get(JSON.stringify(question), ask);
  }

  /** Does the same as {@link once} for an answer that another program may use: plain JSON, no settings. */
  shared<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    return this.once(question, async () => {
      const answer = Object.hasOwn(this.#shared, key) ? (this.#shared[key] as T) : await ask();
      this.#shared[key] = answer;
      return answer;
    });
  }
}
