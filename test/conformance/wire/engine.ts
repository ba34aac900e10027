import grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

/** The part of the engine that a provider talks to: it takes lines to show. */
export interface DockerEndpoint {
  /** `host:port`. */
  readonly address: string;
  /** Lines taken since the last call. */
  takeLines(): string[];
  stop(): void;
}

/** Starts an engine that only listens. */
export async function startEngine(): Promise<DockerEndpoint> {
  const lines: string[] = [];
  const server = new grpc.Server();
  server.addService(service.EngineService, {
    log: (call: { request: LogRequest }, callback: (error: null, response: object) => void) => {
      lines.push(call.request.getMessage());
      callback(null, new empty.Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    takeLines: () => lines.splice(0),
    stop: () => server.forceShutdown(),
  };
}
