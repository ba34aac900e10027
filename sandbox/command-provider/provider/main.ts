/**
 * Serves `command:local:Command` to the Pulumi engine. The engine starts this program with its own
 * address as an argument, reads the port from the first line of standard output, and ends the
 * process.
 */
import grpc from "@grpc/grpc-js";
import providerService_ from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Connection } from "./connection.ts";
import { UNLIMITED_MESSAGES } from "./engine.ts";
import { providerService } from "./service.ts";

/** Interval of checks that the engine is still running, in milliseconds. */
const ORPHAN_CHECK_MS = 2000;

const connection = new Connection();
connection.engine.connect(process.argv.slice(2).find((word) => !word.startsWith("-")) ?? "");

const server = new grpc.Server(UNLIMITED_MESSAGES);
server.addService(
  providerService_.ResourceProviderService,
  providerService(connection) as unknown as grpc.UntypedServiceImplementation,
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    console.error(`the offline command provider could not listen: ${error.message}`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});

const engineProcess = process.ppid;
setInterval(() => {
  if (process.ppid !== engineProcess) {
    connection.operations.cancelAll();
    process.exit(0);
  }
}, ORPHAN_CHECK_MS).unref();
