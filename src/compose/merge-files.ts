/** Compose's rules for merging a file into the file below it. */
import { type Fields, fieldsOf, isFields } from "../text/coerce.ts";
import { splitVariable } from "../text/variables.ts";

/** Keys that wrap values tagged `!override` and `!reset`. */
export const OVERRIDE_KEY = "\u0000override";
export const RESET_KEY = "\u0000reset";

/** Keys of a service whose values are lists of names, or maps by name, with what a name stands for. */
const DEFAULTS: Fields = { depends_on: { condition: "service_started" }, networks: null };

/** Merges one file on top of another. */
export function mergeFiles(below: Fields, above: Fields): Fields {
  return merge(below, above, []);
}

/** Puts the definition of a service on top of the one that it extends. */
export function mergeService(below: Fields, above: Fields): Fields {
  return merge(below, above, ["services", ""]);
}

/** Changes a value that may be tagged `!override`; keeps one tagged `!reset`. */
export function mapWrapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const wrapped = fieldsOf(value);
  if (Object.hasOwn(wrapped, RESET_KEY)) {
    return value;
  }
  return Object.hasOwn(wrapped, OVERRIDE_KEY)
    ? { [OVERRIDE_KEY]: change(wrapped[OVERRIDE_KEY]) }
    : change(value);
}

/** Merges maps by key and environments by name, replaces commands, and concatenates other lists. */
function merge(below: Fields, above: Fields, path: readonly string[]): Fields {
  const out: Fields = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const merged = mergeValue(out[key], value, [...path, key]);
    if (merged === undefined) {
      delete out[key];
    } else {
      define(out, key, merged);
    }
  }
  return out;
}

function mergeValue(below: unknown, above: unknown, path: readonly string[]): unknown {
  const wrapped = fieldsOf(above);
  if (Object.hasOwn(wrapped, RESET_KEY)) {
    return undefined;
  }
  if (Object.hasOwn(wrapped, OVERRIDE_KEY)) {
    return wrapped[OVERRIDE_KEY];
  }
  if (path.at(-2) === "environment") {
    // A name without a value takes its value from compose's own environment.
    return above;
  }
  const key = path.at(-1) ?? "";
  if (key === "environment") {
    return merge(environmentByName(below), environmentByName(above), path);
  }
  if (Object.hasOwn(DEFAULTS, key) && path.length === 3 && below != null && above != null) {
    return merge(byKey(below, DEFAULTS[key]), byKey(above, DEFAULTS[key]), path);
  }
  if (["command", "entrypoint", "test"].includes(key)) {
    return above ?? below;
  }
  if (Array.isArray(below) && Array.isArray(above)) {
    return [...below, ...above];
  }
  if (isFields(below) && isFields(above)) {
    return merge(below, above, path);
  }
  return isFields(above) ? merge({}, above, path) : (above ?? below ?? null);
}

/** Returns a service's environment by name; a name without a value has null. */
export function environmentByName(environment: unknown): Fields {
  if (!Array.isArray(environment)) {
    return fieldsOf(environment);
  }
  const out: Fields = {};
  for (const line of environment.map(String)) {
    const [name, value = null] = splitVariable(line);
    define(out, name, value);
  }
  return out;
}

function byKey(value: unknown, otherwise: unknown): Fields {
  return Array.isArray(value)
    ? Object.fromEntries(value.map((name) => [String(name), otherwise]))
    : fieldsOf(value);
}

/** Assigns a field; `__proto__` counts as an ordinary name. */
export function define(target: Fields, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
