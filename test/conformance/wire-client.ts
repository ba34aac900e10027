/** Speaks the provider protocol with a plugin, without an engine, as JSON in and out. */
import grpc from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";

type Json = Record<string, unknown>;

/** What a call gave: an answer, or an error. */
export type Answer = Json | { readonly error: string; readonly code: string };

/** A request: a method's name and its fields, named as the setters of the message are. */
export interface Request {
  readonly method: "check" | "diff" | "create" | "read" | "update" | "delete" | "invoke" | "cancel";
  readonly fields?: Json;
  /** Deadline of the call itself, in milliseconds. Defaults to 30 s. */
  readonly giveUpAfterMs?: number;
}

/** A running plugin. */
export interface Plugin {
  call(request: Request): Promise<Answer>;
  /** Lines that the plugin asked the engine to show, since the last time they were asked for. */
  takeLog(): { urn: string; message: string }[];
  schema(): Promise<Json>;
  stop(): Promise<void>;
}

const MESSAGES = {
  check: provider.CheckRequest,
  diff: provider.DiffRequest,
  create: provider.CreateRequest,
  read: provider.ReadRequest,
  update: provider.UpdateRequest,
  delete: provider.DeleteRequest,
  invoke: provider.InvokeRequest,
  cancel: empty.Empty,
};

/** Starts a plugin and shakes hands with it the way the engine of 3.259 does. */
export async function startPlugin(
  executable: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Plugin> {
  const log: { urn: string; message: string }[] = [];
  const engine = await startEngine((request) => {
    log.push({ urn: request.getUrn(), message: request.getMessage() });
  });
  const stop = new AbortController();
  const { port, ended } = await startProcess(executable, engine.address, stop.signal, env, cwd);
  const client = new service.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
  const call = (method: string, message: unknown, giveUpAfterMs = 30_000) =>
    new Promise<{ error?: grpc.ServiceError; response?: unknown }>((resolve) => {
      const deadline = Date.now() + giveUpAfterMs;
      // biome-ignore lint/suspicious/noExplicitAny: one generic door to all methods of the client.
      (client as any)[method](
        message,
        { deadline },
        (error: grpc.ServiceError, response: unknown) => resolve(error ? { error } : { response }),
      );
    });
  const handshake = new provider.ProviderHandshakeRequest();
  handshake.setEngineAddress(engine.address);
  handshake.setAcceptsByteString(true);
  await call("handshake", handshake);
  const configure = new provider.ConfigureRequest();
  configure.setAcceptsecrets(true);
  configure.setAcceptresources(true);
  configure.setSendsOldInputs(true);
  configure.setSendsOldInputsToDelete(true);
  await call("configure", configure);
  return {
    call: async ({ method, fields = {}, giveUpAfterMs }) => {
      const { error, response } = await call(
        method,
        build(MESSAGES[method], fields),
        giveUpAfterMs,
      );
      return error
        ? { error: error.details, code: grpc.status[error.code] ?? String(error.code) }
        : plain(response);
    },
    takeLog: () => log.splice(0),
    schema: async () => {
      const { response } = await call("getSchema", new provider.GetSchemaRequest());
      return JSON.parse((response as InstanceType<typeof provider.GetSchemaResponse>).getSchema());
    },
    stop: async () => {
      client.close();
      stop.abort();
      await ended;
      engine.server.forceShutdown();
    },
  };
}

async function startEngine(onLog: (request: LogRequest) => void) {
  const server = new grpc.Server();
  server.addService(engineService.EngineService, {
    log: (call: { request: LogRequest }, callback: (error: null, response: object) => void) => {
      onLog(call.request);
      callback(null, new empty.Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, address: `127.0.0.1:${port}` };
}

async function startProcess(
  executable: string,
  engineAddress: string,
  signal: AbortSignal,
  env: Readonly<Record<string, string>>,
  cwd: string,
) {
  let ended: Promise<unknown> = Promise.resolve();
  const port = await new Promise<string>((resolve, reject) => {
    ended = run(executable, [engineAddress], {
      cwd,
      env: { ...inheritedEnvironment(), ...env },
      timeoutMs: 300_000,
      signal,
      onLine: (line, stream) => stream === "stdout" && resolve(line),
    }).catch((error: unknown) => {
      if (!signal.aborted) {
        reject(error);
      }
    });
  });
  return { port, ended };
}

function build(Message: new () => object, fields: Json): object {
  const message = new Message();
  for (const [name, value] of Object.entries(fields)) {
    const isProperties = typeof value === "object" && value !== null && !Array.isArray(value);
    const setter = `set${name[0]?.toUpperCase()}${name.slice(1)}`;
    const argument = isProperties ? struct.Struct.fromJavaScript(value as never) : value;
    (message as Record<string, (argument: unknown) => void>)[setter]?.(argument);
  }
  return message;
}

/** An answer as JSON, with property maps as plain objects and without empty fields. */
function plain(response: unknown): Json {
  const message = response as { toObject(): Json } & Record<string, (() => unknown) | undefined>;
  const result: Json = {};
  for (const [name, value] of Object.entries(message.toObject())) {
    const field = message[`get${name[0]?.toUpperCase()}${name.slice(1)}`]?.();
    if (field instanceof struct.Struct) {
      result[name] = field.toJavaScript();
    } else if (
      value !== undefined &&
      value !== "" &&
      !(Array.isArray(value) && value.length === 0)
    ) {
      result[name] = value;
    }
  }
  return result;
}
