/** Quotes a word for a shell. */
export function quoted(word: string): string;
