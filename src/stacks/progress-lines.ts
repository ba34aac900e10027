import { errorKindIn } from "../pipeline/refusal.ts";

/**
 * Lines of progress. A command that fails prints its error as progress too: the error and what
 * follows are held back, so that each is shown once.
 */
export class ProgressLines {
  readonly #show: (line: string) => void;
  readonly #isKnown: (line: string) => boolean;
  readonly #held: string[] = [];

  /**
   * @param show writes a line
   * @param isKnown tells whether a line is of no use to the person
   */
  constructor(show: (line: string) => void, isKnown: (line: string) => boolean) {
    this.#show = show;
    this.#isKnown = isKnown;
  }

  /** Takes in a message of one line or several. */
  take(text: string): void {
    for (const line of text.split("\n")) {
      if (this.#held.length > 0 || errorKindIn([line]) !== undefined) {
        this.#held.push(line);
      } else if (!this.#isKnown(line)) {
        this.#show(line);
      }
    }
  }

  /** Shows the lines that were held back, except for those that errors show. */
  release(errors: readonly string[]): void {
    const shown = errors.join("\n");
    for (const line of this.#held.filter((one) => !shown.includes(one))) {
      this.#show(line);
    }
  }
}
