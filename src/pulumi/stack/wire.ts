/** Values as Pulumi hands them to dynamic providers and keeps them in its state. */

/** Pulumi's own constant for a value that is not known before the real run. */
const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs or outputs of a dynamic resource, with the provider that Pulumi adds to them. */
export type WithProvider<T> = T & { readonly __provider: string };

/**
 * Makes plain JSON of a value, as Pulumi's state can hold it. An `undefined` would fail after the
 * side effect.
 */
export function toStateJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Whether something inside is only known during the real run. */
export function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(UNKNOWN_VALUE);
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner,
  );
}
