import grpc from "@grpc/grpc-js";
import struct, { type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { COMMAND_TYPE } from "./schema.ts";
import { StatusError, statusOf } from "./status-error.ts";
import type { Properties } from "./values.ts";

/** Turns a function that returns a response or throws into a handler of the protocol. */
export function unary<Request, Response>(
  handle: (
    request: Request,
    call: grpc.ServerUnaryCall<Request, Response>,
  ) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request, call))
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback({
            code: statusOf(error),
            details: error instanceof Error ? error.message : String(error),
          }),
      );
  };
}

/** A handler for what this provider does not have. */
export function missing<Request, Response>(what: string): grpc.handleUnaryCall<Request, Response> {
  return unary(() => {
    throw new StatusError(grpc.status.UNIMPLEMENTED, `${what} is not implemented`);
  });
}

/**
 * Makes sure that a request is about the one type that this provider has.
 *
 * @throws StatusError naming the type and the official plugin, which has it.
 */
export function requireCommandType(urn: string): void {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  if (type !== COMMAND_TYPE) {
    throw new StatusError(grpc.status.NOT_FOUND, notHere(type));
  }
}

/** Says that the offline implementation lacks something, and what has it. */
export function notHere(token: string): string {
  return `${token} is not part of the offline implementation of the command provider, which has ${COMMAND_TYPE} only; install the official plugin (pulumi plugin install resource command 1.2.1)`;
}

/** The name at the end of a URN. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Properties out of a message; none when it has none. */
export function propertiesOf(message: Struct | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

/** A message out of properties; a property that is `null` is left out. */
export function structOf(properties: Properties): Struct {
  const present = Object.entries(properties).filter(([, value]) => value !== null);
  return struct.Struct.fromJavaScript(Object.fromEntries(present));
}
