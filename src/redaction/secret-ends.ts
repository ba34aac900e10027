/** Finds where a text ends within a secret, of which the rest may be in what comes next. */
import { givesAway, MIN_PIECE, MIN_PIECE_AT_AN_END, SEPARATOR } from "./secret-pieces.ts";
import { Unbroken } from "./secret-search.ts";
import type { Span } from "./spans.ts";

/** The end of a text, where it may be a part of a secret. */
export interface OpenEnd {
  /** How many of the text's last lines the part stands on. */
  readonly lines: number;
  /** What of it is better hidden where nobody waits for the rest. */
  readonly spans: readonly Span[];
}

/** Looks at the end of a text from which secrets are taken out that are there as far as one can tell. */
export type EndFinder = (text: string) => OpenEnd | undefined;

/**
 * A shorter part is none: two characters of many a line are somewhere in some secret, and most lines
 * would be waited with.
 */
const MIN_OPEN = 3;

/** So much of the end of a text is looked at. */
const END_CHARACTERS = 4 * 1024;

/** A character as JSON or URLs spell it, cut off in its middle. */
const CUT_SPELLING = /(?:%[\da-f]?|\\(?:u[\da-f]{0,3})?)$/i;

/** Finds out whether a text ends within one of these. */
export function endFinder(secrets: readonly string[]): EndFinder {
  const all = secrets.map((secret) => SEPARATOR + secret).join("");
  return (text) => {
    const window = Math.max(0, text.length - END_CHARACTERS);
    const unbroken = new Unbroken(text.slice(window));
    const said = unbroken.text.trimEnd().replace(CUT_SPELLING, "");
    const ends = (length: number) => said.slice(-length);
    let length = 0;
    while (length < Math.min(MIN_PIECE - 1, said.length) && all.includes(ends(length + 1))) {
      length += 1;
    }
    if (length < MIN_OPEN) {
      return undefined;
    }
    const hidden = hiddenLength(all, ends(length));
    const spansOf = (count: number) =>
      unbroken
        .inOriginal({ start: said.length - count, end: said.length })
        .map(({ start, end }) => ({ start: start + window, end: end + window }));
    const [first] = spansOf(length);
    return { lines: text.slice(first?.start).split("\n").length, spans: spansOf(hidden) };
  };
}

/** How much of the end is hidden at once: a few characters if secrets begin so, more if not. */
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
