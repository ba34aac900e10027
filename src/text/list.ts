/** Joins the first entries of a list, and says how many more there are: `a, b and 3 more`. */
export function andMore(entries: readonly string[], most: number): string {
  const shown = entries.slice(0, most).join(", ");
  const more = entries.length - most;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** Joins entries as in a sentence: `db, redis and api`. */
export function sentenceList(entries: readonly string[]): string {
  const last = entries.at(-1) ?? "";
  return entries.length < 2 ? last : `${entries.slice(0, -1).join(", ")} and ${last}`;
}
