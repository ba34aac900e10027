/** Values as Pulumi hands them to dynamic providers and keeps them in its state. */

/** Inputs or outputs of a dynamic resource, with the provider that Pulumi adds to them. */
export type WithProvider<T> = T & { readonly __provider: string };

/**
 * Converts a value to plain JSON, as Pulumi's state can hold it. Pulumi would fail on an
 * `undefined` only after the side effect.
 */
export function toStateJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Whether two values are the same JSON, in any order of their keys. */
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
