/** Methods of the provider protocol that work on a resource. */
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { createCommand, deleteCommand, newId, updateCommand } from "./command.ts";
import type { Connection } from "./connection.ts";
import { diffInputs, ignoreChanges } from "./diff.ts";
import { diffResponse } from "./diff-response.ts";
import { INPUT_NAMES, inputFaults } from "./inputs.ts";
import { propertiesOf, requireCommandType, resourceName, structOf, unary } from "./rpc.ts";
import type { Properties } from "./values.ts";

type ResourceMethods = Pick<
  IResourceProviderServer,
  "check" | "diff" | "create" | "read" | "update" | "delete"
>;

/** Creates the methods for one connection. */
export function resourceMethods(connection: Connection): ResourceMethods {
  const operation = (urn: string, preview: boolean) => (signal: AbortSignal) => ({
    signal,
    preview,
    log: connection.engine.logFor(urn),
    acceptsByteString: connection.acceptsByteString,
  });

  return {
    check: unary((request) => {
      requireCommandType(request.getUrn());
      const inputs = propertiesOf(request.getNews());
      const response = new provider.CheckResponse();
      response.setInputs(structOf(inputs));
      response.setFailuresList(inputFaults(inputs).map(checkFailure));
      return response;
    }),

    diff: unary((request) => {
      requireCommandType(request.getUrn());
      const state = propertiesOf(request.getOlds());
      const given = ignoreChanges(
        propertiesOf(request.getNews()),
        state,
        request.getIgnorechangesList(),
      );
      const olds = connection.sendsOldInputs
        ? propertiesOf(request.getOldInputs())
        : onlyInputs(state);
      return diffResponse(diffInputs(olds, withoutInternal(given)));
    }),

    create: unary(async (request, call) => {
      requireCommandType(request.getUrn());
      const urn = request.getUrn();
      const begin = operation(urn, request.getPreview());
      const state = await connection.operations.run(call, request.getTimeout(), (signal) =>
        createCommand(propertiesOf(request.getProperties()), begin(signal)),
      );
      const response = new provider.CreateResponse();
      response.setId(newId(resourceName(urn)));
      response.setProperties(structOf(state));
      return response;
    }),

    // A command has no external state: a refresh keeps the state.
    read: unary((request) => {
      requireCommandType(request.getUrn());
      const response = new provider.ReadResponse();
      response.setId(request.getId());
      response.setProperties(structOf(propertiesOf(request.getProperties())));
      response.setInputs(structOf(propertiesOf(request.getInputs())));
      return response;
    }),

    update: unary(async (request, call) => {
      requireCommandType(request.getUrn());
      const begin = operation(request.getUrn(), request.getPreview());
      const olds = propertiesOf(request.getOlds());
      const news = ignoreChanges(
        propertiesOf(request.getNews()),
        olds,
        request.getIgnorechangesList(),
      );
      const state = await connection.operations.run(call, request.getTimeout(), (signal) =>
        updateCommand(olds, news, begin(signal)),
      );
      const response = new provider.UpdateResponse();
      response.setProperties(structOf(state));
      return response;
    }),

    delete: unary(async (request, call) => {
      requireCommandType(request.getUrn());
      const begin = operation(request.getUrn(), false);
      await connection.operations.run(call, request.getTimeout(), (signal) =>
        deleteCommand(propertiesOf(request.getProperties()), begin(signal)),
      );
      return new empty.Empty();
    }),
  };
}

function checkFailure(fault: { property: string; reason: string }) {
  const failure = new provider.CheckFailure();
  failure.setProperty(fault.property);
  failure.setReason(fault.reason);
  return failure;
}

/** Extracts the inputs from a state, for an engine that does not send the old inputs. */
function onlyInputs(state: Properties): Properties {
  return Object.fromEntries(Object.entries(state).filter(([name]) => INPUT_NAMES.includes(name)));
}

/**
 * Removes the version and the internal properties that the engine may add to the program's inputs.
 */
function withoutInternal(inputs: Properties): Properties {
  const own = Object.entries(inputs).filter(
    ([name]) => name !== "version" && !name.startsWith("__"),
  );
  return Object.fromEntries(own);
}
