/** Finds secrets in what programs print: whole, broken over lines, and in pieces. */
import { spelled } from "./secret-forms.ts";
import type { Finder, Span } from "./spans.ts";

/** Finds texts that stand in one piece. */
export function wholeFinder(forms: readonly string[]): Finder {
  const patterns = forms.map((form) => new RegExp(spelled(form), "g"));
  return (text) => patterns.flatMap((pattern) => matches(pattern, text));
}

function matches(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}

/**
 * What breaks a text into lines, as it is and as JSON and URLs spell it; with the blanks around it,
 * and with what compose puts before each line of a log, such as `api-1  | `. Of blanks before it no
 * more than a few, so that a text of nothing but blanks takes no longer than another.
 */
const LINE_BREAK =
  /[ \t]{0,8}(?:\r?\n|(?:\\r)?\\n|(?:%0[Dd])?%0[Aa])[ \t]*(?:[\w.-]+ +\| ?[ \t]*)?/g;

/** White space in all ways in which JSON and URLs spell it; none, too. */
const ANY_SPACE = "(?:[\\s+]|%20|%09|%0[AaDd]|\\\\[nrt])*";

/** Finds texts that are broken over lines, wherever the breaks are. */
export function brokenFinder(forms: readonly string[]): Finder {
  const patterns = forms.map((form) => {
    const words = form.trim().split(/\s+/);
    return new RegExp(words.map(spelled).join(ANY_SPACE), "g");
  });
  return (text) => {
    const unbroken = new Unbroken(text);
    return unbroken.breaks === 0
      ? []
      : patterns.flatMap((pattern) =>
          matches(pattern, unbroken.text).flatMap((span) => unbroken.inOriginal(span)),
        );
  };
}

/** A text without its line breaks, and the way back. */
class Unbroken {
  readonly text: string;
  /** Where each break was; two lists of numbers, since a text may have millions. */
  readonly #places: number[] = [];
  /** How many characters were left out up to and with each break. */
  readonly #leftOut: number[] = [];

  constructor(original: string) {
    let leftOut = 0;
    this.text = original.replace(LINE_BREAK, (found: string, index: number) => {
      this.#places.push(index - leftOut);
      leftOut += found.length;
      this.#leftOut.push(leftOut);
      return "";
    });
  }

  get breaks(): number {
    return this.#places.length;
  }

  /** The parts of the original's lines that a part of this text stands for. */
  inOriginal({ start, end }: Span): Span[] {
    const spans: Span[] = [];
    let from = start;
    for (let next = this.#firstBreakAfter(start); from < end; next += 1) {
      const to = Math.min(end, this.#places[next] ?? end);
      const leftOut = this.#leftOut[next - 1] ?? 0;
      if (from < to) {
        spans.push({ start: from + leftOut, end: to + leftOut });
      }
      from = to;
    }
    return spans;
  }

  #firstBreakAfter(place: number): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#places[middle] ?? 0) <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
