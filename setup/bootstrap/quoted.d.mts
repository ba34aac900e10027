/** A word as a person types it into a shell. */
export function quoted(word: string): string;
