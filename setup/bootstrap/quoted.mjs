/** Quotes a word for a shell. */
export function quoted(word) {
  return /^[\w@%+:,./=…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
