import { ProcessFailure } from "../src/process/failure.ts";
import { execute } from "./command.ts";
import type { SetupContext } from "./context.ts";

/** Deadline of an answer: enough for a slow connection, and short without a registry. */
const ANSWER_DEADLINE_MS = 20_000;
const PULL_DEADLINE_MS = 300_000;

/** Output of docker after a registry has described the image. */
const DESCRIBED = /Pulling from |Digest: sha256|Pulling fs layer/;
/** Output of docker when no registry was reached. */
const UNREACHED =
  /no such host|server misbehaving|dial tcp|connection re(?:fused|set)|no route to host|network is unreachable|i\/o timeout|TLS handshake|context deadline|Client\.Timeout|proxyconnect|\bEOF\b/i;

/** Whether an image registry can be used from here; otherwise docker's reason. */
export type RegistryAnswer =
  | { readonly answers: true }
  | { readonly answers: false; readonly reason: string };

/**
 * Judges a registry by the outcome of a pull. A registry that answers and refuses, because of a
 * limit or a missing login, still counts as reachable: the user sees its refusal later.
 */
export function readPull(exitCode: number, output: string): RegistryAnswer {
  if (exitCode === 0 || DESCRIBED.test(output) || !UNREACHED.test(output)) {
    return { answers: true };
  }
  const lines = output.trim().split("\n");
  return { answers: false, reason: lines.find((line) => UNREACHED.test(line))?.trim() ?? "" };
}

/**
 * Asks the Docker engine, which would also pull later, for one required image. A pull that has
 * begun is not canceled.
 */
export async function askRegistry(context: SetupContext, image: string): Promise<RegistryAnswer> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), ANSWER_DEADLINE_MS);
  try {
    const result = await execute(context, {
      program: "docker",
      args: ["pull", image],
      timeoutMs: PULL_DEADLINE_MS,
      signal: silence.signal,
      onLine: (line) => {
        if (DESCRIBED.test(line)) {
          clearTimeout(timer);
        }
      },
    });
    return readPull(result.exitCode, `${result.stdout}\n${result.stderr}`);
  } catch (error) {
    if (!(error instanceof ProcessFailure) || context.signal.aborted) {
      throw error;
    }
    return silence.signal.aborted
      ? { answers: false, reason: `no answer within ${ANSWER_DEADLINE_MS / 1000} s` }
      : readPull(1, error.output);
  } finally {
    clearTimeout(timer);
  }
}
