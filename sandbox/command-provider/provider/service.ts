import grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Connection } from "./connection.ts";
import { resourceMethods } from "./resource-methods.ts";
import { missing, notHere, unary } from "./rpc.ts";
import { SCHEMA, VERSION } from "./schema.ts";
import { StatusError } from "./status-error.ts";

/** Creates the handlers of all methods of the provider protocol. */
export function providerService(connection: Connection): IResourceProviderServer {
  return {
    ...resourceMethods(connection),

    handshake: unary((request) => {
      connection.engine.connect(request.getEngineAddress());
      connection.acceptsByteString = request.getAcceptsByteString();
      const response = new provider.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      response.setAcceptOutputs(true);
      response.setAcceptsByteString(true);
      return response;
    }),

    attach: unary((request) => {
      connection.engine.connect(request.getAddress());
      return new empty.Empty();
    }),

    configure: unary((request) => {
      connection.sendsOldInputs =
        request.getSendsOldInputs() && request.getSendsOldInputsToDelete();
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setAcceptresources(true);
      response.setAcceptoutputs(true);
      return response;
    }),

    getPluginInfo: unary(() => {
      const response = new plugin.PluginInfo();
      response.setVersion(VERSION);
      return response;
    }),

    getSchema: unary(() => {
      const response = new provider.GetSchemaResponse();
      response.setSchema(JSON.stringify(SCHEMA));
      return response;
    }),

    cancel: unary(() => {
      connection.operations.cancelAll();
      return new empty.Empty();
    }),

    invoke: unary((request) => {
      throw new StatusError(grpc.status.NOT_FOUND, notHere(request.getTok()));
    }),

    parameterize: missing("Parameterize"),
    checkConfig: missing("CheckConfig"),
    diffConfig: missing("DiffConfig"),
    call: missing("Call"),
    construct: missing("Construct"),
    getMapping: missing("GetMapping"),
    getMappings: missing("GetMappings"),
    list: (call) => {
      call.emit("error", { code: grpc.status.UNIMPLEMENTED, details: "List is not implemented" });
    },
  };
}
