/** Asks a Docker engine over its HTTP API (docs.docker.com/reference/api/engine). */
import type { DeployError } from "../errors.ts";
import { ProcessFailure } from "../process/failure.ts";
import { type Redactor, redactUrls } from "../redaction/redact.ts";
import { tryJson } from "../text/json.ts";
import { callFailure, fromProcessFailure } from "./docker.ts";
import type { DockerEndpoint } from "./endpoint-settings.ts";
import { connectionTo, type EngineConnection } from "./engine-connection.ts";
import type { EngineAnswer, EngineRequest, OnChunk } from "./engine-http.ts";

/** Deadline of a request unless given, in milliseconds: an engine that takes longer is out of reach. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Options of a call: the engine, the purpose, and limits. */
export interface EngineCall {
  readonly engine: DockerEndpoint;
  /** Subject of an error message, such as "Reading the volumes of project lago-dev". */
  readonly purpose: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. Defaults to 30000. */
  readonly timeoutMs?: number | undefined;
  /** Hides secrets in what an error shows of the engine's words. Defaults to hiding passwords in URLs. */
  readonly redact?: Redactor | undefined;
}

/**
 * Sends a request and returns the answer's JSON; undefined where the engine has no such thing (404).
 *
 * @throws DeployError of the kind that the engine's words tell, `DaemonUnreachable` where the engine
 *   does not answer, `DeadlineExceeded`, `Canceled`
 */
export async function askEngine(call: EngineCall, request: EngineRequest): Promise<unknown> {
  const { status, text } = await exchange(call, request);
  if (status === 404) {
    return undefined;
  }
  if (status >= 400) {
    throw await refused(call, status, text);
  }
  return tryJson(text);
}

/**
 * Sends a request whose answer is no JSON, and passes the answer on part by part. Returns whether
 * the engine has such a thing.
 *
 * @throws DeployError of the kinds that {@link askEngine} throws
 */
export async function streamFromEngine(
  call: EngineCall,
  request: EngineRequest,
  onChunk: OnChunk,
): Promise<boolean> {
  const { status, text } = await exchange(call, request, onChunk);
  if (status >= 400 && status !== 404) {
    throw await refused(call, status, text);
  }
  return status !== 404;
}

/** Makes the error for an answer that is an error, with the engine's words. */
async function refused(call: EngineCall, status: number, text: string): Promise<DeployError> {
  const message = (tryJson(text) as { message?: unknown } | undefined)?.message;
  const words = `Error response from daemon: ${typeof message === "string" ? message : status}`;
  return await callFailure(withRedactor(call), 1, words);
}

/** Builds a path with its query, such as `/volumes?filters=…`. */
export function enginePath(
  path: string,
  query: Readonly<Record<string, string>> = {},
  filters: Readonly<Record<string, readonly string[]>> = {},
): string {
  const all =
    Object.keys(filters).length === 0 ? query : { ...query, filters: JSON.stringify(filters) };
  const search = new URLSearchParams(all).toString();
  return search === "" ? path : `${path}?${search}`;
}

async function exchange(
  call: EngineCall,
  request: EngineRequest,
  onChunk?: OnChunk,
): Promise<EngineAnswer> {
  const timeoutMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = call.signal === undefined ? deadline : AbortSignal.any([call.signal, deadline]);
  const connection = connectionTo(call.engine);
  try {
    return await connection.exchange(request, signal, onChunk);
  } catch (error) {
    if (error instanceof ProcessFailure) {
      throw await fromProcessFailure(error, { ...withRedactor(call), timeoutMs });
    }
    if (signal.aborted) {
      const kind = call.signal?.aborted === true ? "canceled" : "timed-out";
      const failure = new ProcessFailure(kind, "docker", `the Docker engine: ${kind}`);
      throw await fromProcessFailure(failure, { ...withRedactor(call), timeoutMs });
    }
    throw await unreached(call, connection, error as NodeJS.ErrnoException, timeoutMs);
  }
}

/** Makes the error for an engine that was not reached, in docker's own words. */
async function unreached(
  call: EngineCall,
  connection: EngineConnection,
  error: NodeJS.ErrnoException,
  timeoutMs: number,
): Promise<DeployError> {
  try {
    const { exitCode, words } = await connection.reason(error);
    return await callFailure(withRedactor(call), exitCode, words);
  } catch (failure) {
    if (failure instanceof ProcessFailure) {
      return await fromProcessFailure(failure, { ...withRedactor(call), timeoutMs });
    }
    throw failure;
  }
}

function withRedactor(call: EngineCall) {
  return { engine: call.engine, purpose: call.purpose, redact: call.redact ?? redactUrls };
}
