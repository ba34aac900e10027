/** Requests and answers of the engine's HTTP API, over any connection. */
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** Longest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

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
  /** The answer as text. Empty where the answer went to an {@link OnChunk} instead. */
  readonly text: string;
}

/** Receives an answer that is no JSON, part by part. Receives nothing of an error. */
export type OnChunk = (chunk: Buffer) => void;

/** The connection that carries a request, and the signal that ends it. */
export interface EngineWay {
  readonly socketPath?: string;
  readonly agent: Agent | false;
  readonly signal: AbortSignal;
}

/** Sends a request and reads the whole answer, or passes it on part by part. */
export async function exchange(
  request: EngineRequest,
  way: EngineWay,
  onChunk?: OnChunk,
): Promise<EngineAnswer> {
  const response = await openAnswer(request, way);
  const status = response.statusCode ?? 0;
  if (onChunk === undefined || status >= 300) {
    return { status, text: await readAll(response) };
  }
  for await (const chunk of response as AsyncIterable<Buffer>) {
    onChunk(chunk);
  }
  return { status, text: "" };
}

/** Sends a request and returns the answer once it begins. Reading it fails when the signal fires. */
export async function openAnswer(
  { method, path, body }: EngineRequest,
  way: EngineWay,
): Promise<IncomingMessage> {
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
    return await answered.promise;
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

/** Hands the one stream to each request in turn. */
export class OneConnectionAgent extends Agent {
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
