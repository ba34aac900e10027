/** Finds secrets in the output of programs: whole, broken over lines, and in pieces. */
import { spelled } from "./secret-forms.ts";
import type { Finder, Span } from "./spans.ts";

/** Builds a finder for whole texts. */
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
 * A line break, raw or as JSON and URLs spell it, with the indentation of the next line and the
 * prefix that compose puts before each line of a log, such as `api-1  | `.
 */
const LINE_BREAK = /(?:\r?\n|(?:\\r)?\\n|(?:%0[Dd])?%0[Aa])[ \t]*(?:[\w.-]+ +\| ?[ \t]*)?/y;

/** First character of a line break. */
const MAYBE_BREAK = /[\r\n\\%]/g;

/** Any white space or none, raw or as JSON and URLs spell it. */
const ANY_SPACE = "(?:[\\s+]|%20|%09|%0[AaDd]|\\\\[nrt])*";

/** Builds a finder for whole texts with any white space between their words. */
export function wordsFinder(forms: readonly string[]): Finder {
  const patterns = forms.map((form) => {
    const words = form.trim().split(/\s+/);
    return new RegExp(words.map(spelled).join(ANY_SPACE), "g");
  });
  return (text) => patterns.flatMap((pattern) => matches(pattern, text));
}

/** Builds a finder that removes the line breaks of a text before it searches. */
export function overLines(finders: readonly Finder[]): Finder {
  return (text) => {
    const unbroken = new Unbroken(text);
    return unbroken.breaks === 0
      ? []
      : finders.flatMap((find) => find(unbroken.text).flatMap((span) => unbroken.inOriginal(span)));
  };
}

/** A text without its line breaks, with a mapping back to the original. */
export class Unbroken {
  readonly text: string;
  /** Place of each break. Two lists of numbers rather than objects: a text may have very many. */
  readonly #places: number[] = [];
  /** Number of characters left out up to and including each break. */
  readonly #leftOut: number[] = [];

  constructor(original: string) {
    const lines: string[] = [];
    let lineStart = 0;
    let leftOut = 0;
    for (const { start, end } of breaksIn(original)) {
      lines.push(original.slice(lineStart, start));
      lineStart = end;
      this.#places.push(start - leftOut);
      leftOut += end - start;
      this.#leftOut.push(leftOut);
    }
    lines.push(original.slice(lineStart));
    this.text = lines.join("");
  }

  get breaks(): number {
    return this.#places.length;
  }

  /** Maps a part of this text to the parts of the original's lines. */
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

/** Finds the line breaks of a text, each with the blanks before it. */
function* breaksIn(text: string): Generator<Span> {
  let lineStart = 0;
  MAYBE_BREAK.lastIndex = 0;
  // `test` rather than `exec`, which makes an array for each match: a text may have very many.
  while (MAYBE_BREAK.test(text)) {
    const at = MAYBE_BREAK.lastIndex - 1;
    LINE_BREAK.lastIndex = at;
    if (LINE_BREAK.test(text)) {
      let start = at;
      while (start > lineStart && (text[start - 1] === " " || text[start - 1] === "\t")) {
        start -= 1;
      }
      lineStart = LINE_BREAK.lastIndex;
      MAYBE_BREAK.lastIndex = lineStart;
      yield { start, end: lineStart };
    }
  }
}
