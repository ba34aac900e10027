import grpc from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import { LineLog } from "./line-log.ts";

/** Options of both ends of a connection: no limit on message size, as in the official plugin. */
export const UNLIMITED_MESSAGES = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

/** Client of the engine that started this provider, for the output of commands. */
export class Engine {
  #client: InstanceType<typeof engineService.EngineClient> | undefined;

  /** @param address `host:port`; empty keeps what was known before. */
  connect(address: string): void {
    if (address !== "") {
      this.#client = new engineService.EngineClient(
        address,
        grpc.credentials.createInsecure(),
        UNLIMITED_MESSAGES,
      );
    }
  }

  /** Returns a log whose lines the engine shows beside the resource. */
  logFor(urn: string): LineLog {
    return new LineLog((line) => this.#show(urn, line));
  }

  #show(urn: string, message: string): Promise<void> {
    const request = new engine.LogRequest();
    request.setSeverity(engine.LogSeverity.INFO);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(true);
    return new Promise((resolve) => {
      if (this.#client === undefined) {
        resolve();
        return;
      }
      // A line that cannot be shown must not fail its command.
      this.#client.log(request, () => resolve());
    });
  }
}
