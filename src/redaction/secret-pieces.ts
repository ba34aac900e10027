/** Finds pieces of secrets, as when a program cuts or wraps them. */
import type { Finder, Span } from "./spans.ts";

/** Shortest piece to find anywhere in a text, in characters. */
export const MIN_PIECE = 16;

/** Shortest piece to find at the beginning and the end of a text, in characters. */
export const MIN_PIECE_AT_AN_END = 6;

/** Length of the runs to look up: every long enough piece has one at a multiple of this length. */
const RUN = MIN_PIECE / 2;

/** Different characters that a run must have: a line of dashes is no secret. */
const MIN_DIFFERENT = 4;

/** Most places among the secrets at which to compare one run. */
const MAX_PLACES = 16;

/** Separates secrets. No secret holds it, since no process can be given a NUL. */
export const SEPARATOR = "\0";

/** Builds a finder for pieces of the given texts. */
export function pieceFinder(secrets: readonly string[]): Finder {
  const all = secrets.join(SEPARATOR);
  const places = placesOfRuns(all);
  return (text) => [...piecesWithin(text, all, places), ...piecesAtEnds(text, secrets)];
}

function placesOfRuns(all: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let place = 0; place + RUN <= all.length; place += 1) {
    const run = all.slice(place, place + RUN);
    if (!run.includes(SEPARATOR) && givesAway(run)) {
      const known = places.get(run);
      if (known === undefined) {
        places.set(run, [place]);
      } else if (known.length < MAX_PLACES) {
        known.push(place);
      }
    }
  }
  return places;
}

function piecesWithin(text: string, all: string, places: ReadonlyMap<string, number[]>): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at + RUN <= text.length; at += RUN) {
    for (const place of places.get(text.slice(at, at + RUN)) ?? []) {
      const before = commonLength(text, at - 1, all, place - 1, -1);
      const after = commonLength(text, at + RUN, all, place + RUN, 1);
      if (before + RUN + after >= MIN_PIECE) {
        spans.push({ start: at - before, end: at + RUN + after });
      }
    }
  }
  return spans;
}

/** Counts the characters that two texts have in common from a place in each, in one direction. */
function commonLength(a: string, startA: number, b: string, startB: number, step: 1 | -1): number {
  let count = 0;
  for (;;) {
    const inA = a[startA + count * step];
    if (inA === undefined || inA === SEPARATOR || inA !== b[startB + count * step]) {
      return count;
    }
    count += 1;
  }
}

/**
 * Finds pieces at the ends of a text. Blanks there do not count: a wrapped secret may be indented.
 */
function piecesAtEnds(text: string, secrets: readonly string[]): Span[] {
  const spans: Span[] = [];
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  for (const secret of secrets) {
    for (let length = MIN_PIECE_AT_AN_END; length < MIN_PIECE; length += 1) {
      const [head, tail] = [secret.slice(0, length), secret.slice(-length)];
      if (givesAway(tail) && text.startsWith(tail, start)) {
        spans.push({ start, end: start + tail.length });
      }
      if (givesAway(head) && text.endsWith(head, end)) {
        spans.push({ start: end - head.length, end });
      }
    }
  }
  return spans;
}

/** Whether a piece says something: it is more than a line of dashes or the like. */
export function givesAway(piece: string): boolean {
  return new Set(piece).size >= MIN_DIFFERENT;
}
