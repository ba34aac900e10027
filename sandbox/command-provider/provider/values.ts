/**
 * Property values in messages between the engine and a provider: JSON in which objects with a
 * signature represent secrets, assets and so on, and some strings represent values that are unknown
 * before the update. Signatures and strings are defined by the protocol (Pulumi SDK 3.259,
 * `resource/sig` and `resource/plugin/rpc.go`).
 */
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

/** A value of a property: JSON without `undefined`. */
export type PropertyValue = JavaScriptValue;

/** Properties by name. */
export type Properties = { [name: string]: PropertyValue };

const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const BYTE_STRING = "803fd3297a5875dc03ca845dda5d2a98";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Represents a string that is unknown before the update. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const UNKNOWNS: ReadonlySet<PropertyValue> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether the value itself (not a part of it) is unknown before the update. */
export function isUnknown(value: PropertyValue): boolean {
  return UNKNOWNS.has(value) || (signatureOf(value) === OUTPUT && !("value" in asObject(value)));
}

/** Returns the signature of an object, if any. */
export function signatureOf(value: PropertyValue): string | undefined {
  const signature = asObject(value)[SIGNATURE_KEY];
  return typeof signature === "string" ? signature : undefined;
}

/** Whether the value is an ordinary object of the program, without a signature. */
export function isPlainObject(value: PropertyValue): value is Properties {
  return isObject(value) && signatureOf(value) === undefined;
}

/** Returns the kind of an asset or archive; undefined for every other value. */
export function assetKind(value: PropertyValue): "asset" | "archive" | undefined {
  const signature = signatureOf(value);
  return signature === ASSET ? "asset" : signature === ARCHIVE ? "archive" : undefined;
}

/** Returns the value inside a secret. */
export function unwrap(value: PropertyValue): PropertyValue {
  const wrapper = asObject(value);
  const signature = signatureOf(value);
  if (signature === SECRET || (signature === OUTPUT && "value" in wrapper)) {
    return unwrap(wrapper.value ?? null);
  }
  return value;
}

/** Returns the value without secrets at any depth. An unknown part stays unchanged. */
export function reveal(value: PropertyValue): PropertyValue {
  const bare = unwrap(value);
  if (Array.isArray(bare)) {
    return bare.map(reveal);
  }
  if (!isObject(bare)) {
    return bare;
  }
  if (signatureOf(bare) === BYTE_STRING) {
    return Buffer.from(String(bare.value), "base64").toString("utf8");
  }
  return Object.fromEntries(Object.entries(bare).map(([name, part]) => [name, reveal(part)]));
}

/**
 * Encodes the output of a process. Bytes that are not UTF-8 are sent as a byte string, if the
 * engine accepts byte strings.
 *
 * @throws Error when the engine does not accept byte strings.
 */
export function textValue(bytes: Buffer, name: string, acceptsByteString: boolean): PropertyValue {
  const text = bytes.toString("utf8");
  if (Buffer.from(text, "utf8").equals(bytes)) {
    return text;
  }
  if (!acceptsByteString) {
    throw new Error(
      `the value of property "${name}" is a string that contains non-UTF8 bytes, which the receiver does not support`,
    );
  }
  return { [SIGNATURE_KEY]: BYTE_STRING, value: bytes.toString("base64") };
}

/** Compares values: `null` inside an object equals absence, assets are equal by content. */
export function equalValues(left: PropertyValue, right: PropertyValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((part, i) => equalValues(part, right[i] ?? null))
    );
  }
  if (!isObject(left) || !isObject(right)) {
    return left === right;
  }
  if (assetKind(left) !== undefined && "hash" in left && "hash" in right) {
    return assetKind(left) === assetKind(right) && left.hash === right.hash;
  }
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => equalValues(left[name] ?? null, right[name] ?? null));
}

function isObject(value: PropertyValue): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: PropertyValue): Properties {
  return isObject(value) ? value : {};
}
