/** Characters of a `.env` file, as compose's reader takes them. */
import { matchAt } from "../../text/match-at.ts";

/** Space that ends no line. */
const BLANKS = /[\t\v\f\r \x85\xa0]*/uy;
/** All space, line ends included. */
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const NAME_AND_BLANKS = /[\p{L}\p{N}_.\-[\]\t\v\f\r \x85\xa0]*/uy;
// Compose takes fewer characters for space here than elsewhere.
const EXPORT = /export[\t\n\f\r ]/y;

/** A place in the text of a `.env` file. */
export class Scanner {
  readonly text: string;
  at = 0;
  #line = 1;
  #countedTo = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Character at the place; empty at the end. */
  get next(): string {
    return this.text.charAt(this.at);
  }

  /** Line of the place, the first being 1. The place never moves back. */
  get line(): number {
    for (; this.#countedTo < this.at; this.#countedTo += 1) {
      this.#line += this.text[this.#countedTo] === "\n" ? 1 : 0;
    }
    return this.#line;
  }

  /** Moves past space and comments to the beginning of the next line that counts. */
  skipToStatement(): void {
    for (;;) {
      while (!this.isAtEnd && SPACE.test(this.next)) {
        this.at += 1;
      }
      if (this.next !== "#") {
        return;
      }
      this.at = this.#lineEnd();
    }
  }

  skipExport(): void {
    if (matchAt(EXPORT, this.text, this.at) !== "") {
      this.at += "export".length;
      this.skipBlanks();
    }
  }

  skipBlanks(): void {
    this.at += matchAt(BLANKS, this.text, this.at).length;
  }

  /** Moves past what can be a name and returns it, with the blanks inside and behind it. */
  takeName(): string {
    return this.#take(matchAt(NAME_AND_BLANKS, this.text, this.at).length);
  }

  /** Moves past the line and returns it without its end. */
  takeLine(): string {
    const line = this.#take(this.#lineEnd() - this.at);
    this.at += 1;
    return line;
  }

  #take(length: number): string {
    const from = this.at;
    this.at += length;
    return this.text.slice(from, this.at);
  }

  #lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end === -1 ? this.text.length : end;
  }
}

/** Removes all space at the end, by compose's notion of space. */
export function withoutSpaceBehind(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}
