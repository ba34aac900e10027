/** Reads values of unknown form, such as parts of compose files, without errors. */

/** Fields of an object. */
export type Fields = Record<string, unknown>;

/** Whether a value is an object with fields: neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the value's fields; none for a value without fields. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Returns a list: a single value as a list of one, and no value as an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

/** Returns a text, number or boolean as text; an empty text for anything else. */
export function textOf(value: unknown): string {
  return ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : "";
}
