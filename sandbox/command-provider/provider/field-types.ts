/** Checks properties against the types of a resource's fields, in the official provider's words. */
import {
  assetKind,
  isPlainObject,
  isUnknown,
  type Properties,
  type PropertyValue,
} from "./values.ts";

/** Type of a field, under the name in the official provider's messages. */
export type FieldType =
  | "string"
  | "local.Logging"
  | "bool"
  | "[]string"
  | "map[string]string"
  | "[]interface {}"
  | "any";

/** The fields of an object. */
export interface Shape {
  /** Name of the type in messages, without its package. */
  readonly name: string;
  /** Every field, in the order in which errors are reported. */
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Required fields. */
  readonly required: readonly string[];
}

/** An invalid property. */
export interface FieldFault {
  readonly property: string;
  readonly reason: string;
}

/**
 * Lists the invalid ones among plain properties (without secrets). Unknown values are always valid.
 */
export function shapeFaults(plain: Properties, shape: Shape): FieldFault[] {
  const ofFields = Object.entries(shape.fields).flatMap(([field, type]) => {
    const value = plain[field] ?? null;
    if (value !== null) {
      return fieldFault(field, value, type, shape) ?? [];
    }
    return shape.required.includes(field)
      ? { property: field, reason: `Missing required field '${field}' on 'local.${shape.name}'` }
      : [];
  });
  const unrecognized = Object.keys(plain)
    .filter((field) => !(field in shape.fields))
    .map((field) => ({
      property: field,
      reason: `Unrecognized field '${field}' on 'local.${shape.name}'`,
    }));
  return [...ofFields, ...unrecognized];
}

function fieldFault(
  field: string,
  value: PropertyValue,
  type: FieldType,
  shape: Shape,
): FieldFault | undefined {
  if (isUnknown(value) || type === "any" || (type === "[]interface {}" && Array.isArray(value))) {
    return undefined;
  }
  const parts = partsOf(field, value, type);
  if (parts !== undefined) {
    const faults = parts.map(([name, part]) => fieldFault(name, part, "string", shape));
    return faults.find((fault) => fault !== undefined);
  }
  const actual = typeOf(value);
  if (actual === type || (actual === "string" && type === "local.Logging")) {
    return undefined;
  }
  const reason =
    actual === "map[string]interface {}"
      ? `An error occurred decoding '${shape.name}.${field}': Cannot decode Object{} to type ${type}; it isn't a struct, and no custom decoder exists`
      : `Field '${field}' on 'local.${shape.name}' must be a '${type}'; got '${actual}' instead`;
  return { property: field, reason };
}

/**
 * Elements of a list or map of strings, each under its own name; undefined for all other values.
 */
function partsOf(
  field: string,
  value: PropertyValue,
  type: FieldType,
): [string, PropertyValue][] | undefined {
  if (type === "[]string" && Array.isArray(value)) {
    return value.map((part, i) => [`${field}[${i}]`, part]);
  }
  if (type === "map[string]string" && isPlainObject(value)) {
    return Object.entries(value).map(([name, part]) => [`${field}[${name}] value`, part]);
  }
  return undefined;
}

function typeOf(value: PropertyValue): string {
  if (value === null) {
    return "<nil>";
  }
  if (Array.isArray(value)) {
    return "[]interface {}";
  }
  switch (assetKind(value)) {
    case "asset":
      return "asset.Asset";
    case "archive":
      return "archive.Archive";
  }
  const names = { string: "string", boolean: "bool", number: "float64" } as const;
  return typeof value === "object" ? "map[string]interface {}" : names[typeof value as "string"];
}
