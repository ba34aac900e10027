/**
 * Carries HTTP requests to a Docker engine: straight to the engine's socket, and to an engine
 * elsewhere through one `docker system dial-stdio`, so that the user's own docker configuration, ssh
 * keys, agents and certificates count. dockerode was weighed: it brings grpc and an ssh client of its
 * own, about fifty packages, for a dozen requests that Node's `http` makes.
 */
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Dialed, dial } from "../process/dial.ts";
import { callEnvironment } from "./docker.ts";
import { type DockerEndpoint, engineName } from "./endpoint-settings.ts";
import { engineAddress, socketPathOf } from "./engine-address.ts";

/** How long a dialed connection waits for the next request, in milliseconds. */
const IDLE_MS = 500;

/** Longest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** How long docker may take to say why a connection broke, in milliseconds. */
const END_MS = 5_000;

/** One request, without what is the same for all. */
export interface EngineRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path with query, such as `/volumes`. */
  readonly path: string;
  /** Sent as JSON. Defaults to no body. */
  readonly body?: unknown;
}

/** The engine's answer. */
export interface EngineAnswer {
  /** HTTP status. */
  readonly status: number;
  /** The answer as text. Empty where the answer went to `onChunk` instead. */
  readonly text: string;
}

/** Receives an answer that is no JSON, part by part. Receives nothing of an error. */
export type OnChunk = (chunk: Buffer) => void;

/** A way to an engine. */
export interface EngineConnection {
  /** Sends a request and reads the answer. Rejects when `signal` fires or the engine is not reached. */
  exchange(
    request: EngineRequest,
    signal: AbortSignal,
    onChunk?: OnChunk | undefined,
  ): Promise<EngineAnswer>;
  /** Why the engine was not reached, in docker's own words; waits until docker has said so. */
  reason(error: NodeJS.ErrnoException): Promise<{ exitCode: number; words: string }>;
}

/** The connection to an engine. Requests that follow each other share a dialed one. */
export function connectionTo(engine: DockerEndpoint): EngineConnection {
  const address = engineAddress(engine);
  const socketPath = socketPathOf(address);
  return socketPath === undefined
    ? dialedConnection(engine)
    : new SocketConnection(address ?? "", socketPath);
}

class SocketConnection implements EngineConnection {
  readonly #address: string;
  readonly #socketPath: string;

  constructor(address: string, socketPath: string) {
    this.#address = address;
    this.#socketPath = socketPath;
  }

  exchange(request: EngineRequest, signal: AbortSignal, onChunk?: OnChunk): Promise<EngineAnswer> {
    // A connection of its own for each request costs less than a millisecond on a socket.
    return send(request, { socketPath: this.#socketPath, agent: false, signal }, onChunk);
  }

  reason({ code, message }: NodeJS.ErrnoException): Promise<{ exitCode: number; words: string }> {
    const words =
      code === "EACCES"
        ? `permission denied while trying to connect to the Docker daemon socket at ${this.#address}`
        : `Cannot connect to the Docker daemon at ${this.#address}. Is the docker daemon running? (${message})`;
    return Promise.resolve({ exitCode: 1, words });
  }
}

const dialed = new Map<string, DialedConnection>();

function dialedConnection(engine: DockerEndpoint): DialedConnection {
  const environment = callEnvironment({ engine });
  const key = JSON.stringify([engineName(engine), Object.entries(environment).sort()]);
  const known = dialed.get(key);
  if (known !== undefined) {
    return known;
  }
  const connection = new DialedConnection(environment, () => {
    if (dialed.get(key) === connection) {
      dialed.delete(key);
    }
  });
  dialed.set(key, connection);
  return connection;
}

class DialedConnection implements EngineConnection {
  readonly #dialing: Promise<{ readonly program: Dialed; readonly agent: Agent }>;
  readonly #forget: () => void;
  /** Fires when docker has ended. */
  readonly #broken = new AbortController();
  /** Settles when the last request is done: one stream carries one at a time. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(environment: Readonly<Record<string, string>>, forget: () => void) {
    this.#forget = forget;
    this.#dialing = dial("docker", ["system", "dial-stdio"], { env: environment }).then(
      (program) => {
        const onEnd = () => {
          forget();
          this.#broken.abort();
        };
        program.ended.then(onEnd, onEnd);
        return { program, agent: new OneConnectionAgent(program.stream) };
      },
    );
    this.#dialing.catch(forget);
  }

  async exchange(
    request: EngineRequest,
    signal: AbortSignal,
    onChunk?: OnChunk,
  ): Promise<EngineAnswer> {
    const before = this.#last;
    const own = Promise.withResolvers<void>();
    this.#last = own.promise;
    this.#waiting += 1;
    clearTimeout(this.#idle);
    let isWhole = false;
    try {
      const { program, agent } = await this.#dialing;
      program.hold(true);
      await before;
      const ends = AbortSignal.any([signal, this.#broken.signal]);
      ends.throwIfAborted();
      const answer = await send(request, { agent, signal: ends }, onChunk);
      isWhole = true;
      return answer;
    } finally {
      this.#waiting -= 1;
      own.resolve();
      this.#rest(isWhole);
    }
  }

  async reason(): Promise<{ exitCode: number; words: string }> {
    const { program } = await this.#dialing;
    // A connection that broke carries no further request.
    this.#forget();
    program.stream.end();
    const timer = setTimeout(() => program.end(), END_MS);
    const { exitCode, stderr } = await program.ended.finally(() => clearTimeout(timer));
    const words =
      stderr.trim() || "Cannot connect to the Docker daemon: docker closed the connection";
    return { exitCode: exitCode ?? 1, words };
  }

  #rest(isWhole: boolean): void {
    if (!isWhole) {
      // The rest of an answer on its way would be taken for the next one.
      this.#close();
    } else if (this.#waiting === 0) {
      this.#dialing.then(({ program }) => program.hold(false)).catch(() => {});
      this.#idle = setTimeout(() => this.#close(), IDLE_MS).unref();
    }
  }

  #close(): void {
    this.#forget();
    this.#dialing.then(({ program }) => program.end()).catch(() => {});
  }
}

/** Hands the one stream to each request in turn. */
class OneConnectionAgent extends Agent {
  readonly #stream: Duplex;
  #isUsed = false;

  constructor(stream: Duplex) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    // Node's agent treats each connection as a socket.
    const same = () => stream;
    this.#stream = Object.assign(stream, {
      setTimeout: same,
      setNoDelay: same,
      setKeepAlive: same,
      ref: same,
      unref: same,
    });
  }

  override createConnection(
    _options: object,
    onCreated?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    if (this.#isUsed) {
      // Requests that waited for the connection are told that it broke.
      process.nextTick(() => onCreated?.(new Error("docker closed the connection"), this.#stream));
      return undefined;
    }
    this.#isUsed = true;
    return this.#stream;
  }
}

async function send(
  { method, path, body }: EngineRequest,
  way: { socketPath?: string; agent: Agent | false; signal: AbortSignal },
  onChunk: OnChunk | undefined,
): Promise<EngineAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sized =
    text === undefined
      ? {}
      : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  const request = httpRequest({ ...way, method, path, headers: { Host: "docker", ...sized } });
  const answered = Promise.withResolvers<IncomingMessage>();
  request.once("response", answered.resolve).once("error", answered.reject);
  // A request that waits for a connection tells nothing of its end by itself.
  const onAbort = () => answered.reject(way.signal.reason);
  way.signal.addEventListener("abort", onAbort, { once: true });
  request.end(text);
  try {
    const response = await answered.promise;
    const status = response.statusCode ?? 0;
    if (onChunk === undefined || status >= 300) {
      return { status, text: await readAll(response) };
    }
    for await (const chunk of response as AsyncIterable<Buffer>) {
      onChunk(chunk);
    }
    return { status, text: "" };
  } finally {
    way.signal.removeEventListener("abort", onAbort);
    // Errors that follow the first one tell nothing new.
    request.on("error", () => {});
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new Error(`the engine's answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
