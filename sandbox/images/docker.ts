import { inheritedEnvironment } from "../../src/process/environment.ts";
import { ProcessFailure } from "../../src/process/failure.ts";
import { type RunResult, run } from "../../src/process/run.ts";
import { DIGEST_LABEL, STAND_IN_LABEL } from "./labels.ts";

const DOCKER_TIMEOUT_MS = 5 * 60_000;

/** Option to stop a step of the build. */
export interface Stoppable {
  readonly signal?: AbortSignal | undefined;
}

/** An image on this machine. */
export interface LocalImage {
  readonly id: string;
  /** Role of a stand-in; undefined for any other image. */
  readonly role: string | undefined;
  /** Digest of the sources of a stand-in. */
  readonly digest: string | undefined;
}

/**
 * Runs a program of the build to its end.
 *
 * @throws Error with the end of the program's output when its exit code is not 0
 * @throws ProcessFailure when it cannot be started, passes its deadline or is canceled
 */
export async function runStep(
  program: string,
  args: readonly string[],
  options: Stoppable & { readonly timeoutMs: number; readonly env?: Record<string, string> },
): Promise<RunResult> {
  const env = { ...inheritedEnvironment(), ...options.env };
  const result = await run(program, args, {
    env,
    timeoutMs: options.timeoutMs,
    signal: options.signal,
  });
  if (result.exitCode !== 0) {
    const output = (result.stderr || result.stdout).trim().split("\n").slice(-5).join("\n");
    throw new Error(`${program} ${args[0]} ended with exit code ${result.exitCode}: ${output}`);
  }
  return result;
}

/** Runs the docker CLI and returns what it prints, without white space around it. */
export async function docker(args: readonly string[], options: Stoppable = {}): Promise<string> {
  try {
    const result = await runStep("docker", args, { ...options, timeoutMs: DOCKER_TIMEOUT_MS });
    return result.stdout.trim();
  } catch (error) {
    if (error instanceof ProcessFailure && error.kind === "not-found") {
      throw new Error(`the stand-in images need Docker: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** Inspects an image by its reference; undefined when it does not exist. */
export async function findImage(
  reference: string,
  options: Stoppable = {},
): Promise<LocalImage | undefined> {
  const format = "--format={{.Id}} {{json .Config.Labels}}";
  let line: string;
  try {
    line = await docker(["image", "inspect", format, reference], options);
  } catch (error) {
    if (error instanceof Error && /no such (image|object)/i.test(error.message)) {
      return undefined;
    }
    throw error;
  }
  const space = line.indexOf(" ");
  const labels = JSON.parse(line.slice(space + 1)) as Record<string, string> | null;
  return {
    id: line.slice(0, space),
    role: labels?.[STAND_IN_LABEL],
    digest: labels?.[DIGEST_LABEL],
  };
}
