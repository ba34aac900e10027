/** Splits `NAME=value`. The value is undefined where there is no `=`. */
export function splitVariable(line: string): [name: string, value: string | undefined] {
  const equals = line.indexOf("=");
  return equals === -1 ? [line, undefined] : [line.slice(0, equals), line.slice(equals + 1)];
}

/** Makes a record of `NAME=value` lines. A name without a value gets an empty one. */
export function variablesOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [name, value = ""] = splitVariable(line);
      return [name, value];
    }),
  );
}
