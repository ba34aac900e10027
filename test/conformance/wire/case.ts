/** How the cases of the protocol are written down. */
import type { Outcome, Request } from "./client.ts";
import type { Json } from "./messages.ts";

/** One request and what comes of it. */
export interface WireCase {
  readonly rule: string;
  readonly request: Request;
  /** What the offline provider gives; the official one too, unless a difference is named. */
  readonly outcome: Outcome;
  /** A known difference: its number in sandbox/command-provider/README.md, and the official outcome. */
  readonly differs?: { readonly as: string; readonly official: Outcome };
}

export const URN = "urn:pulumi:dev::project::command:local:Command::name";

/** What stands for a value that a preview does not know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A secret on the wire. */
export function secret(value: unknown): Json {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Text that is no UTF-8 on the wire. */
export function byteString(bytes: Buffer): Json {
  return { [SIGNATURE]: "803fd3297a5875dc03ca845dda5d2a98", value: bytes.toString("base64") };
}

/** Asks whether inputs are acceptable. */
export function check(news: Json): Request {
  return { method: "check", fields: { urn: URN, news } };
}

/** Asks for the changes between inputs. */
export function diff(olds: Json, news: Json, more: Json = {}): Request {
  const state = { ...olds, stdout: "", stderr: "" };
  return {
    method: "diff",
    fields: { urn: URN, id: "x", olds: state, oldInputs: olds, news, ...more },
  };
}

/** Creates a command. */
export function create(properties: Json, more: Json = {}): Request {
  return { method: "create", fields: { urn: URN, properties, ...more } };
}

/** Updates a command. */
export function update(olds: Json, news: Json, more: Json = {}): Request {
  return { method: "update", fields: { urn: URN, id: "x", olds, news, ...more } };
}

/** Deletes a command. */
export function remove(properties: Json, more: Json = {}): Request {
  return { method: "delete", fields: { urn: URN, id: "x", properties, ...more } };
}

/** A created command of these inputs that printed this. */
export function created(inputs: Json, stdout: unknown = "", stderr: unknown = ""): Outcome {
  return { answer: { id: "name<hex>", state: { ...inputs, stdout, stderr } } };
}

/** An error with the status that an error has which says nothing else. */
export function failed(error: string, code = "UNKNOWN"): Outcome {
  return { error, code };
}

/** An outcome during which lines were shown. */
export function showing(outcome: Outcome, ...shown: string[]): Outcome {
  return { ...outcome, shown: shown.sort() } as Outcome;
}
