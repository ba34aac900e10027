/** Values that a preview does not know. */

/** Pulumi's own constant for a value that is unknown before the real run. */
const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether any part of a value is unknown before the real run. */
export function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(UNKNOWN_VALUE);
}
