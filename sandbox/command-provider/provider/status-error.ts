import grpc from "@grpc/grpc-js";

/** An error with a gRPC status of its own; every other error has status `UNKNOWN`. */
export class StatusError extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Status of an error that a method threw. */
export function statusOf(error: unknown): grpc.status {
  return error instanceof StatusError ? error.code : grpc.status.UNKNOWN;
}
