/** Finds secrets that a text ends within, whose rest may be in the next text. */
import { givesAway, MIN_PIECE, MIN_PIECE_AT_AN_END, SEPARATOR } from "./secret-pieces.ts";
import { Unbroken } from "./secret-search.ts";
import type { Span } from "./spans.ts";

/** End of a text that may be the beginning or a part of a secret. */
export interface OpenEnd {
  /** Number of the text's last lines that the part stands on. */
  readonly lines: number;
  /** Parts to hide where the text is shown without waiting for the rest. */
  readonly spans: readonly Span[];
}

/** Looks at the end of a redacted text. Returns undefined where it is no part of a secret. */
export type EndFinder = (text: string) => OpenEnd | undefined;

/**
 * Shortest match. Shorter ones are ignored: nearly every line ends with two characters that occur
 * in some secret.
 */
const MIN_OPEN = 3;

/** Characters at the end of a text to look at. */
const END_CHARACTERS = 4 * 1024;

/** Beginning of a character as JSON or URLs spell it. */
const CUT_SPELLING = /(?:%[\da-f]?|\\(?:u[\da-f]{0,3})?)$/i;

/** Builds a function that finds out whether a text ends within one of the secrets. */
export function endFinder(secrets: readonly string[]): EndFinder {
  const all = secrets.map((secret) => SEPARATOR + secret).join("");
  return (text) => {
    const window = Math.max(0, text.length - END_CHARACTERS);
    const unbroken = new Unbroken(text.slice(window));
    const tail = unbroken.text.trimEnd().replace(CUT_SPELLING, "");
    const ends = (length: number) => tail.slice(-length);
    let length = 0;
    while (length < Math.min(MIN_PIECE - 1, tail.length) && all.includes(ends(length + 1))) {
      length += 1;
    }
    if (length < MIN_OPEN) {
      return undefined;
    }
    const hidden = hiddenLength(all, ends(length));
    const spansOf = (count: number) =>
      unbroken
        .inOriginal({ start: tail.length - count, end: tail.length })
        .map(({ start, end }) => ({ start: start + window, end: end + window }));
    const [first] = spansOf(length);
    return { lines: text.slice(first?.start).split("\n").length, spans: spansOf(hidden) };
  };
}

/**
 * Returns how many characters of the end to hide: from 3 on if a secret begins so, else from 6 on.
 */
function hiddenLength(all: string, end: string): number {
  for (let length = end.length; length >= MIN_OPEN; length -= 1) {
    const part = end.slice(-length);
    const isHead = all.includes(SEPARATOR + part) && new Set(part).size >= MIN_OPEN;
    if (isHead || (length >= MIN_PIECE_AT_AN_END && givesAway(part))) {
      return length;
    }
  }
  return 0;
}
