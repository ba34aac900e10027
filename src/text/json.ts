/** Parses JSON. Returns undefined, which no JSON stands for, for any other text. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
