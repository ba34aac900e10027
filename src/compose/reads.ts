/**
 * Cache of compose's answers about compose files, shared by all deployments of the same files with
 * other values. Discard it before the files can have changed.
 */
export class ComposeReads {
  readonly #answers = new Map<string, Promise<unknown>>();

  /**
   * Returns the cached answer, or asks and caches it. A failure is not cached: its cause may be
   * gone before the next call.
   *
   * @param question names the answer and everything that it depends on
   *
   * @param question names it, and all that the answer depends on
   */
  once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) {
      return known;
    }
    const answer = ask().catch((error: unknown) => {
      this.#answers.delete(key);
      throw error;
    });
    this.#answers.set(key, answer);
    return answer;
  }
}
