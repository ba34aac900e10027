/** Speaks the provider protocol with a plugin, without an engine behind it. */
import grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { run } from "../../../src/process/run.ts";
import { startEngine } from "./engine.ts";
import { buildRequest, type Json, type Method, readAnswer } from "./messages.ts";

/** A request: a method and its fields, named as the setters of the message are. */
export interface Request {
  readonly method: Method;
  readonly fields?: Json;
  /** How long to wait for the answer, in milliseconds. Defaults to 30 s. */
  readonly patienceMs?: number;
}

/** What came of a request: an answer, an error, or nothing (`lost` or `silent`). */
export type Outcome =
  | { readonly answer: Json; readonly shown?: readonly string[] }
  | { readonly error: string; readonly code: string; readonly shown?: readonly string[] }
  | { readonly none: "lost" | "silent" };

/** A running plugin. */
export interface Plugin {
  ask(request: Request): Promise<Outcome>;
  schema(): Promise<Json>;
  stop(): Promise<void>;
}

type Reply = { error: grpc.ServiceError } | { response: unknown } | "silent";

/** Starts a plugin and shakes hands with it the way the engine of 3.259 does. */
export async function startPlugin(
  executable: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Plugin> {
  const engine = await startEngine();
  const stop = new AbortController();
  const { port, ended } = await startProcess(executable, engine.address, stop.signal, env, cwd);
  const client = new service.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
  // No deadline of gRPC's own: the plugin would hear of it and end the command.
  const call = (method: string, message: object, patienceMs = 30_000) =>
    new Promise<Reply>((resolve) => {
      const timer = setTimeout(() => resolve("silent"), patienceMs);
      // biome-ignore lint/suspicious/noExplicitAny: one door to all methods of the client.
      (client as any)[method](message, (error: grpc.ServiceError | null, response: unknown) => {
        clearTimeout(timer);
        resolve(error === null ? { response } : { error });
      });
    });
  await call("handshake", handshake(engine.address));
  await call("configure", configuration());
  return {
    ask: async ({ method, fields = {}, patienceMs }) => {
      const reply = await call(method, buildRequest(method, fields), patienceMs);
      const shown = engine.takeLines().sort();
      return { ...outcome(reply), ...(shown.length > 0 && { shown }) };
    },
    schema: async () => {
      const reply = await call("getSchema", new provider.GetSchemaRequest());
      return typeof reply === "object" &&
        "response" in reply &&
        reply.response instanceof provider.GetSchemaResponse
        ? JSON.parse(reply.response.getSchema())
        : {};
    },
    stop: async () => {
      client.close();
      stop.abort();
      await ended;
      engine.stop();
    },
  };
}

function outcome(reply: Reply): Outcome {
  if (reply === "silent") {
    return { none: "silent" };
  }
  if ("response" in reply) {
    return { answer: readAnswer(reply.response) };
  }
  const { code, details } = reply.error;
  if (code === grpc.status.UNAVAILABLE) {
    return { none: "lost" };
  }
  return { error: details, code: grpc.status[code] ?? String(code) };
}

function handshake(engineAddress: string) {
  const request = new provider.ProviderHandshakeRequest();
  request.setEngineAddress(engineAddress);
  request.setAcceptsByteString(true);
  return request;
}

function configuration() {
  const request = new provider.ConfigureRequest();
  request.setAcceptsecrets(true);
  request.setAcceptresources(true);
  request.setSendsOldInputs(true);
  request.setSendsOldInputsToDelete(true);
  return request;
}

/** Starts the program and waits for the port that it prints. */
async function startProcess(
  executable: string,
  engineAddress: string,
  signal: AbortSignal,
  env: Readonly<Record<string, string>>,
  cwd: string,
) {
  const { promise: port, resolve, reject } = Promise.withResolvers<string>();
  const ended = run(executable, [engineAddress], {
    cwd,
    env: { ...inheritedEnvironment(), ...env },
    timeoutMs: 300_000,
    signal,
    onLine: (line, stream) => stream === "stdout" && resolve(line),
  }).then(
    ({ exitCode, stderr }) => reject(new Error(`${executable} ended with ${exitCode}: ${stderr}`)),
    (error: unknown) => (signal.aborted ? undefined : reject(error)),
  );
  return { port: await port, ended };
}
