/** Output of `docker inspect`: a list, or a line for each object with a format. */

/**
 * Supports `{{json .Path.To.Field}}` and `{{.Path.To.Field}}`, the only formats in use.
 *
 * @param args of the call, with or without `--format`
 */
export function inspection(args: readonly string[], things: readonly object[]): string {
  const at = args.indexOf("--format");
  const format = at === -1 ? undefined : args[at + 1];
  if (format === undefined) {
    return JSON.stringify(things);
  }
  return things
    .map((thing) =>
      format.replace(/\{\{(json )?\.([\w.]+)\}\}/g, (_, json: string | undefined, path: string) => {
        const value = fieldOf(thing, path.split("."));
        return json === undefined ? String(value ?? "") : JSON.stringify(value ?? null);
      }),
    )
    .join("\n");
}

function fieldOf(thing: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) {
    return thing;
  }
  return typeof thing === "object" && thing !== null
    ? fieldOf((thing as Readonly<Record<string, unknown>>)[name], rest)
    : undefined;
}
