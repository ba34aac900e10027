import { PromiseCache } from "../process/async.ts";

/**
 * Cache of compose's answers about compose files, shared by all deployments of the same files with
 * other values. Discard it before the files can have changed.
 */
export class ComposeReads {
  readonly #answers = new PromiseCache();

  /**
   * Returns the cached answer, or asks and caches it. A failure is not cached: its cause may be
   * gone before the next call.
   *
   * @param question names the answer and everything that it depends on
   *
   * @param question names the question and everything that its answer depends on
   */
  once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    return this.#answers.get(JSON.stringify(question), ask);
  }
}
