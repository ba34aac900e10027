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
  return compareVersions(a, b) >= 0;
}

/** Compares two versions number by number: negative where the first is older, 0 where they are equal. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
