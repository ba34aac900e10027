/** Most of what a program said that is shown of it. */
const MAX_LENGTH = 200;

/** The last lines of a text, as many as 200 characters hold; the end of the last one where it is longer. */
export function lastWords(text: string): string {
  const kept: string[] = [];
  for (const line of text.trim().split("\n").reverse()) {
    if ([line, ...kept].join("\n").length > MAX_LENGTH) {
      break;
    }
    kept.unshift(line.trim());
  }
  return kept.length === 0 ? text.trim().slice(-MAX_LENGTH) : kept.join("\n");
}
