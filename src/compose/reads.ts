import { PromiseCache } from "../process/async.ts";

/**
 * Answers of compose about compose files, asked once for all deployments that are made of the same
 * files with other values. To be thrown away before the files can have changed.
 */
export class ComposeReads {
  readonly #answers = new PromiseCache();

  /**
   * Asks, unless the same question was asked before. A failure is not kept: its cause may be gone
   * before the next question.
   *
   * @param question names the question and everything that its answer depends on
   */
  once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    return this.#answers.get(JSON.stringify(question), ask);
  }
}
