/** Parts of a text. */

/** A part of a text, from the character at `start` up to, but without, the one at `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds parts of a text, in any order. They may overlap. */
export type Finder = (text: string) => Span[];

/**
 * Replaces each part of a text by `mark`. Parts that touch become one. A part of several lines
 * keeps its number of lines.
 */
export function replaceSpans(text: string, spans: readonly Span[], mark: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of joined(spans)) {
    const lines = text.slice(start, end).split("\n");
    pieces.push(text.slice(done, start), lines.map((line) => line && mark).join("\n"));
    done = end;
  }
  return done === 0 ? text : [...pieces, text.slice(done)].join("");
}

function joined(spans: readonly Span[]): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = Math.max(last.end, end);
    } else {
      result.push({ start, end });
    }
  }
  return result;
}
