/** Parts of a text. */

/** From one character of a text up to, and without, another. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds parts of a text, in any order; they may overlap. */
export type Finder = (text: string) => Span[];

/**
 * The text with `mark` in the place of each part. Parts that touch become one, and one of several
 * lines stays one of as many lines.
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
