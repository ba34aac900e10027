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

/** Handler for a method that this provider does not implement. */
export function missing<Request, Response>(what: string): grpc.handleUnaryCall<Request, Response> {
  return unary(() => {
    throw new StatusError(grpc.status.UNIMPLEMENTED, `${what} is not implemented`);
  });
}

/**
 * Checks that a request is about the only type of this provider.
 *
 * @throws StatusError naming the type, and the official plugin, which has the type.
 */
export function requireCommandType(urn: string): void {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  if (type !== COMMAND_TYPE) {
    throw new StatusError(grpc.status.NOT_FOUND, notHere(type));
  }
}

/**
 * Message that the offline implementation lacks a type or function, and that the official plugin
 * has it.
 */
export function notHere(token: string): string {
  return `${token} is not part of the offline implementation of the command provider, which has ${COMMAND_TYPE} only; install the official plugin (pulumi plugin install resource command 1.2.1)`;
}

/** Returns the name at the end of a URN. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Decodes properties from a message; empty without a message. */
export function propertiesOf(message: Struct | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

/** Encodes properties into a message; a property that is `null` is left out. */
export function structOf(properties: Properties): Struct {
  const present = Object.entries(properties).filter(([, value]) => value !== null);
  return struct.Struct.fromJavaScript(Object.fromEntries(present));
}
