import { closest, distance } from "fastest-levenshtein";

/** The candidate that a mistyped name most likely means, or none when nothing is close enough. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const typed = normalized(name);
  if (typed.length < 3 || candidates.length === 0) {
    return undefined;
  }
  const forms = candidates.map(normalized);
  const best = closest(typed, forms);
  // Two letters the wrong way round are two edits.
  const allowed = typed.length < 4 ? 1 : Math.min(3, Math.max(2, Math.ceil(typed.length / 4)));
  return distance(typed, best) <= allowed ? candidates[forms.indexOf(best)] : undefined;
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const meant = suggest(name, candidates);
  return meant === undefined ? "" : `. Did you mean ${meant}?`;
}

/** Case, dashes and underscores are what people mistype first; a longer name is not read. */
function normalized(name: string): string {
  return name.slice(0, 100).toLowerCase().replace(/[-_]/g, "");
}
