/** Maximum number of shown characters of a program's output. */
const MAX_LENGTH = 200;

/** Returns the last lines of a text within 200 characters, or the end of a longer last line. */
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
