/** The value that a JSON text stands for; undefined, which no JSON stands for, for other text. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
