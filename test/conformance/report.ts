/** Shows where two results differ. */
import { isDeepStrictEqual } from "node:util";

/** One difference. */
export interface Difference {
  readonly where: string;
  readonly official: unknown;
  readonly offline: unknown;
}

/**
 * Every place where two values of JSON differ, and how many places there are.
 *
 * @param depth How deep to look for the place.
 */
export function differences(
  official: unknown,
  offline: unknown,
  depth: number,
  where = "",
): { compared: number; rows: Difference[] } {
  if (depth > 0 && isObject(official) && isObject(offline)) {
    const names = new Set([...Object.keys(official), ...Object.keys(offline)]);
    const parts = [...names].map((name) => {
      const place = where === "" ? name : `${where} / ${name}`;
      return differences(official[name], offline[name], depth - 1, place);
    });
    return {
      compared: parts.reduce((sum, part) => sum + part.compared, 0),
      rows: parts.flatMap((part) => part.rows),
    };
  }
  const same = isDeepStrictEqual(official, offline);
  return { compared: 1, rows: same ? [] : [{ where, official, offline }] };
}

/** The differences as a table, or one line when there are none. */
export function table(what: string, official: unknown, offline: unknown, depth: number): string {
  const { compared, rows } = differences(official, offline, depth);
  const head = `${what}: ${compared} observations, ${rows.length} differ between the providers`;
  const lines = rows.map(({ where, official: left, offline: right }) =>
    [`  ${where}`, `    official: ${text(left)}`, `    offline:  ${text(right)}`].join("\n"),
  );
  return [head, ...lines].join("\n");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 200);
}
