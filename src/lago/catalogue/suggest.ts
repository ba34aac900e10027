import { closest, distance } from "fastest-levenshtein";

/** Returns the candidate closest to a mistyped name; undefined when none is close. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const typed = normalized(name);
  if (typed.length < 3 || candidates.length === 0) {
    return undefined;
  }
  const forms = candidates.map(normalized);
  const best = closest(typed, forms);
  // Two transposed letters are two edits.
  const allowed = typed.length < 4 ? 1 : Math.min(3, Math.max(2, Math.ceil(typed.length / 4)));
  return distance(typed, best) <= allowed ? candidates[forms.indexOf(best)] : undefined;
}

/** `. Did you mean …?`, or an empty text. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const meant = suggest(name, candidates);
  return meant === undefined ? "" : `. Did you mean ${meant}?`;
}

/** Message for a value that is none of some names, with the name that was probably meant. */
export function expectedOneOf(names: readonly string[], input: unknown): string {
  const meant = typeof input === "string" ? didYouMean(input, names) : "";
  return `expected one of ${names.join(", ")}${meant}`;
}

/**
 * Form of a name for comparison, without case, dashes and underscores, which are mistyped most
 * often. A longer name is cut off.
 */
function normalized(name: string): string {
  return name.slice(0, 100).toLowerCase().replace(/[-_]/g, "");
}
