/**
 * What compose says of compose files, asked once for all deployments that are made of the same files
 * with other values. To be thrown away before the files can have changed.
 */
export class ComposeReads {
  readonly #answers = new Map<string, Promise<unknown>>();

  /**
   * Asks, unless the same has been asked before. A failure is not kept: what was wrong may be put
   * right before the next question.
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
