/** Messages of the provider protocol as JSON, both ways. */
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

/** A JSON object. */
export type Json = Record<string, unknown>;

const REQUESTS = {
  check: provider.CheckRequest,
  diff: provider.DiffRequest,
  create: provider.CreateRequest,
  read: provider.ReadRequest,
  update: provider.UpdateRequest,
  delete: provider.DeleteRequest,
  invoke: provider.InvokeRequest,
  cancel: empty.Empty,
};

/** A method of the protocol. */
export type Method = keyof typeof REQUESTS;

const CHANGES = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

/** A request out of fields that are named as the setters of its message. */
export function buildRequest(method: Method, fields: Json): object {
  const message = new REQUESTS[method]();
  for (const [name, value] of Object.entries(fields)) {
    const isProperties = typeof value === "object" && value !== null && !Array.isArray(value);
    const argument = isProperties ? struct.Struct.fromJavaScript(value as never) : value;
    setter(message, name)(argument);
  }
  return message;
}

function setter(message: object, name: string): (argument: unknown) => void {
  const method = (message as Json)[`set${name[0]?.toUpperCase()}${name.slice(1)}`];
  if (typeof method !== "function") {
    throw new Error(`a request has no field ${name}`);
  }
  return method.bind(message);
}

/**
 * The part of an answer that says something: the random end of an id as `<hex>`, changes by path,
 * lists in order.
 */
export function readAnswer(response: unknown): Json {
  if (response instanceof provider.CheckResponse) {
    const failures = response.getFailuresList();
    return {
      inputs: properties(response.getInputs()),
      ...(failures.length > 0 && {
        failures: Object.fromEntries(failures.map((f) => [f.getProperty(), f.getReason()])),
      }),
    };
  }
  if (response instanceof provider.DiffResponse) {
    const diff: Json = {};
    response.getDetaileddiffMap().forEach((change, path) => {
      diff[path] = CHANGES[change.getKind()];
    });
    return {
      changes: response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME,
      diff,
      diffs: response.getDiffsList().sort(),
      replaces: response.getReplacesList().sort(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detailed: response.getHasdetaileddiff(),
    };
  }
  if (response instanceof provider.CreateResponse) {
    const id = response.getId().replace(/[0-9a-f]{8}$/, "<hex>");
    return { id, state: properties(response.getProperties()) };
  }
  if (response instanceof provider.UpdateResponse) {
    return { state: properties(response.getProperties()) };
  }
  if (response instanceof provider.ReadResponse) {
    const state = properties(response.getProperties());
    return { id: response.getId(), state, inputs: properties(response.getInputs()) };
  }
  if (response instanceof provider.InvokeResponse) {
    return { result: properties(response.getReturn()) };
  }
  return {};
}

function properties(message: struct.Struct | undefined): Json {
  return message?.toJavaScript() ?? {};
}
