/** Calls of the docker CLI that last as long as a person watches or works. */
import { runAttached } from "../process/attached.ts";
import { ProcessFailure } from "../process/failure.ts";
import { follow } from "../process/follow.ts";
import { callEnvironment, callFailure, type DockerCall, fromProcessFailure } from "./docker.ts";

/** A call that goes on until its signal fires. */
export interface FollowCall
  extends Pick<DockerCall, "engine" | "purpose" | "args" | "cwd" | "redact" | "redactMore"> {
  /** Ends the call, which has no deadline. */
  readonly signal: AbortSignal;
  /** Receives a piece of standard output. The next piece is read once the promise has settled. */
  readonly onOutput: (chunk: Buffer) => void | Promise<void>;
}

/**
 * Calls the docker CLI and passes its output on piece by piece. Returns when docker has succeeded
 * or the signal has ended it.
 *
 * @throws DeployError of the kind that docker's message tells
 */
export async function followDocker(call: FollowCall): Promise<void> {
  const { cwd, signal, onOutput } = call;
  const env = callEnvironment(call);
  const options = { env, signal, onOutput, ...(cwd === undefined ? {} : { cwd }) };
  const { exitCode, stderr } = await orDeployError(call, follow("docker", call.args, options));
  if (exitCode !== undefined && exitCode !== 0) {
    throw await callFailure(call, exitCode, stderr);
  }
}

/**
 * Calls the docker CLI on the terminal of this process and returns its exit code. There is no
 * deadline: the person at the terminal ends the call.
 *
 * @throws DeployError when it cannot be started
 */
export function attachDocker(
  call: Pick<DockerCall, "engine" | "purpose" | "args" | "redact">,
): Promise<number> {
  return orDeployError(call, runAttached("docker", call.args, { env: callEnvironment(call) }));
}

async function orDeployError<T>(
  call: Pick<DockerCall, "engine" | "purpose" | "redact">,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ProcessFailure ? await fromProcessFailure(error, call) : error;
  }
}
