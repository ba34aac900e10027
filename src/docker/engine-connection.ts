/**
 * Carries HTTP requests to a Docker engine: straight to the engine's socket, and to an engine
 * elsewhere through one `docker system dial-stdio`, so that the user's own docker configuration, ssh
 * keys, agents and certificates count. dockerode was weighed: it brings grpc and an ssh client of its
 * own, about fifty packages, for a dozen requests that Node's `http` makes.
 */
import { type Dialed, dial } from "../process/dial.ts";
import { callEnvironment } from "./docker.ts";
import { type DockerEndpoint, engineName } from "./endpoint-settings.ts";
import { engineAddress, socketPathOf } from "./engine-address.ts";
import {
  type EngineAnswer,
  type EngineRequest,
  exchange,
  type OnChunk,
  OneConnectionAgent,
} from "./engine-http.ts";

/** How long a dialed connection waits for the next request, in milliseconds. */
const IDLE_MS = 500;

/** How long docker may take to say why a connection broke, in milliseconds. */
const END_MS = 5_000;

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
    return exchange(request, { socketPath: this.#socketPath, agent: false, signal }, onChunk);
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
  readonly #dialing: Promise<{ readonly program: Dialed; readonly agent: OneConnectionAgent }>;
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
      const answer = await exchange(request, { agent, signal: ends }, onChunk);
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
