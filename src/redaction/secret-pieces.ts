/** Finds pieces of secrets: what is left of one that was cut or wrapped, whatever stands between. */
import type { Finder, Span } from "./spans.ts";

/** A piece of so many characters is found wherever it stands. */
export const MIN_PIECE = 16;

/** A shorter one is found where the text begins or ends with it, down to so many characters. */
export const MIN_PIECE_AT_AN_END = 6;

/** Every piece that is long enough has a run of this length at a place that is a multiple of it. */
const RUN = MIN_PIECE / 2;

/** A run of fewer different characters, such as a rule of dashes, gives nothing away. */
const MIN_DIFFERENT = 4;

/** Most places among the secrets that one run is compared at. */
const MAX_PLACES = 16;

/** Between two secrets; stands in none, since no process can be handed it. */
export const SEPARATOR = "\0";

/** Finds pieces of the given texts. */
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

/** How many characters two texts have in common from a place in each, in one direction. */
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

/** Blanks at either end do not count: a wrapped secret may be indented. */
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

/** Whether it is more than a rule of dashes or the like. */
export function givesAway(piece: string): boolean {
  return new Set(piece).size >= MIN_DIFFERENT;
}
