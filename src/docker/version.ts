/** Oldest compose that understands the `!reset` and `!override` tags of the generated override. */
export const MIN_COMPOSE_VERSION = "2.24.4";

/** Oldest engine API whose health checks know a start interval, which Lago's file uses. */
export const MIN_ENGINE_API = "1.44";

/** The three numbers of a version such as `v2.26.1-4` or `5.6.0`; undefined for other text. */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Whether `found` is `minimum` or newer; false when either is no version. */
export function isAtLeast(found: string, minimum: string): boolean {
  const a = parseVersion(found);
  const b = parseVersion(minimum);
  if (a === undefined || b === undefined) {
    return false;
  }
  const difference = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  return difference >= 0;
}
