/** Every call of the docker CLI goes through here. */

import { DeployError, type DeployErrorKind } from "../errors.ts";
import { ProcessFailure } from "../process/failure.ts";
import { heldDescriptors } from "../process/inherited.ts";
import { type RunOptions, type RunResult, run } from "../process/run.ts";
import { type Redactor, redactUrls } from "../redaction/redact.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { zbl } from "../text/zbl.ts";
import { classifyFailure } from "./classify.ts";
import { withoutProgress } from "./compose-progress.ts";
import { dockerEnvironment } from "./endpoint-environment.ts";
import { type DockerEndpoint, engineName, hasExplicitEndpoint } from "./endpoint-settings.ts";

/** Most bytes of docker's output that an error shows. */
const MAX_ERROR_TAIL_BYTES = 4 * 1024;

/** Output to keep of calls whose output is only used in error messages. */
export const WORDS_BYTES = 256 * 1024;

/**
 * Most bytes of docker's output to search for an error. Cleaning all of it would take time and
 * memory.
 */
const MAX_ERROR_OUTPUT_BYTES = 16 * MAX_ERROR_TAIL_BYTES;

/** One call of the docker CLI. */
export interface DockerCall {
  /** Engine to call. */
  readonly engine: DockerEndpoint;
  /** Subject of an error message, such as "Starting the services". */
  readonly purpose: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
  /** Variables beside the inherited ones. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: RunOptions["onLine"];
  /** Called when docker has been started. */
  readonly onStart?: (() => void) | undefined;
  readonly captureBytes?: number | undefined;
  /** Whether standard output is made of secrets, so that no error shows any of it. Defaults to false. */
  readonly secretOutput?: boolean | undefined;
  /** Hides secrets in what an error shows. */
  readonly redact: Redactor;
  /** Hides further secrets. Called only when there is something to show. Defaults to none. */
  readonly redactMore?: (() => Promise<Redactor>) | undefined;
}

/**
 * Calls the docker CLI and returns its output.
 *
 * `COMPOSE_*` variables of the caller are never passed on, and no `.env` file is read: both would
 * change what is deployed behind the caller's back.
 *
 * Docker inherits the locks of the running operation, and so does compose. A lock holds until the
 * last of these processes ends, even when this process is killed first.
 *
 * @throws DeployError of the kind that docker's message tells
 */
export async function callDocker(call: DockerCall): Promise<RunResult> {
  const result = await runDocker(call);
  if (result.exitCode !== 0) {
    const output = result.stderr || (call.secretOutput === true ? "" : result.stdout);
    throw await callFailure(call, result.exitCode, output);
  }
  return result;
}

/** Makes the error of a failed call from its output. */
export async function callFailure(
  call: Pick<DockerCall, "engine" | "purpose" | "redact" | "redactMore">,
  exitCode: number,
  output: string,
): Promise<DeployError> {
  const stderr = await errorTail(output, call);
  const { kind, advice, ...named } = classifyFailure(stderr);
  const message = `${purposeOf(call)} failed: ${advice}\n${withoutProgress(stderr)}`.trimEnd();
  return new DeployError(kind, message, { exitCode, stderr, ...named });
}

/** Builds the whole environment of docker. */
export function callEnvironment({
  engine,
  environment,
}: Pick<DockerCall, "engine" | "environment">): Record<string, string> {
  return { ...dockerEnvironment(engine), ...environment, COMPOSE_DISABLE_ENV_FILE: "1" };
}

async function runDocker(call: DockerCall): Promise<RunResult> {
  try {
    return await run("docker", call.args, {
      env: callEnvironment(call),
      inherit: heldDescriptors(),
      timeoutMs: call.timeoutMs,
      signal: call.signal,
      onLine: call.onLine,
      onStart: call.onStart,
      ...(call.cwd === undefined ? {} : { cwd: call.cwd }),
      ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
      ...(call.captureBytes === undefined ? {} : { captureBytes: call.captureBytes }),
    });
  } catch (error) {
    if (error instanceof ProcessFailure) {
      throw await fromProcessFailure(error, call);
    }
    throw error;
  }
}

/** Turns a process without an exit code (timeout, cancel, not found) into a `DeployError`. */
export async function fromProcessFailure(
  failure: ProcessFailure,
  call: Pick<DockerCall, "engine" | "purpose" | "redact" | "redactMore" | "secretOutput"> & {
    readonly timeoutMs?: number;
  },
): Promise<DeployError> {
  const tail = call.secretOutput === true ? "" : await errorTail(failure.output, call);
  const shown = tail === "" ? "" : `\n${tail}`;
  const errors: Record<ProcessFailure["kind"], [DeployErrorKind, string]> = {
    "timed-out": [
      "DeadlineExceeded",
      `${purposeOf(call)} took longer than ${Math.round((call.timeoutMs ?? 0) / 1000)} s and was ended. The deployment is as it was left; run the same command again to go on.${shown}`,
    ],
    canceled: [
      "Canceled",
      `${purposeOf(call)} was canceled. The deployment is as it was left; run the same command again to go on.`,
    ],
    "not-found": [
      "DockerNotAvailable",
      `${purposeOf(call)} failed: the docker program was not found. Install Docker Engine with its compose plugin and put \`docker\` on the PATH; \`${zbl("doctor")}\` checks it.`,
    ],
    "spawn-failed": ["CommandExecution", `${purposeOf(call)} failed: ${failure.message}.`],
  };
  const [kind, message] = errors[failure.kind];
  return new DeployError(kind, message, { cause: failure.withoutOutput(), stderr: tail });
}

/** Adds the engine's name to the purpose, where a person may have another engine in mind. */
function purposeOf({ purpose, engine }: Pick<DockerCall, "purpose" | "engine">): string {
  return hasExplicitEndpoint(engine) ? `${purpose} on ${engineName(engine)}` : purpose;
}

async function errorTail(
  output: string,
  call: Pick<DockerCall, "redact" | "redactMore">,
): Promise<string> {
  const text = cleanText(tailBytes(output, MAX_ERROR_OUTPUT_BYTES)).trim();
  if (text === "") {
    return "";
  }
  const more = (await call.redactMore?.()) ?? redactUrls;
  return tailBytes(more(call.redact(text)), MAX_ERROR_TAIL_BYTES);
}
