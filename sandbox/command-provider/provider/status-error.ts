import grpc from "@grpc/grpc-js";

/** An error with its own gRPC status; any other error has status `UNKNOWN`. */
export class StatusError extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Returns the gRPC status of an error. */
export function statusOf(error: unknown): grpc.status {
  return error instanceof StatusError ? error.code : grpc.status.UNKNOWN;
}
