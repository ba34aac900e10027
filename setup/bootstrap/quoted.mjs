/** A word as a person types it into a shell. */
export function quoted(word) {
  return /^[\w@%+:,./=…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
