/** Reads what a program writes for as long as somebody looks. */

import { constants } from "node:os";
import { release, TailBuffer } from "./output.ts";
import { type StartOptions, startGroup } from "./start.ts";
import { startFailure } from "./start-failure.ts";
import { type EndStep, endProcessGroup } from "./terminate.ts";

/** Kept of standard error, for what went wrong. */
const STDERR_BYTES = 256 * 1024;

/** A viewer is waiting for its prompt, and what is only read can be ended at once. */
const FOLLOW_END_STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 1_000 },
  { signal: "SIGTERM", waitMs: 1_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** Options of {@link follow}. */
export interface FollowOptions extends StartOptions {
  /** Ends the process group when it fires, which is the usual end of what is followed. */
  readonly signal: AbortSignal;
  /**
   * Called with each piece of standard output, which is empty once this has settled. No more is read
   * before: memory stays flat however slow the reader is.
   */
  readonly onOutput: (chunk: Buffer) => void | Promise<void>;
  /**
   * How the process group is ended. Defaults to SIGINT, SIGTERM 1 s after it and SIGKILL 1 s after
   * that.
   */
  readonly endSteps?: readonly EndStep[] | undefined;
}

/** How what was followed ended. */
export interface FollowResult {
  /** 0 to 255 as {@link run} has it; undefined where the caller's signal ended it. */
  readonly exitCode: number | undefined;
  /** The last 256 KiB of standard error. */
  readonly stderr: string;
}

/**
 * Runs a program that writes without end, such as `docker compose logs --follow`.
 *
 * It is the one kind of process without a deadline: how long somebody looks is not known. In its
 * place it must have a signal, and ends with it, its whole group, within 3 s.
 *
 * @throws ProcessFailure when it cannot be started; whatever `onOutput` throws, once the process has
 *   ended
 */
export async function follow(
  program: string,
  args: readonly string[],
  options: FollowOptions,
): Promise<FollowResult> {
  const { signal } = options;
  if (signal.aborted) {
    return { exitCode: undefined, stderr: "" };
  }
  const stderr = new TailBuffer(STDERR_BYTES);
  const child = startGroup(program, args, options);
  child.stderr.on("data", (chunk: Buffer) => {
    stderr.push(chunk);
    release(chunk);
  });
  let groupEnd: Promise<void> | undefined;
  const end = () => {
    groupEnd ??= endProcessGroup(child, options.endSteps ?? FOLLOW_END_STEPS);
  };
  signal.addEventListener("abort", end, { once: true });
  try {
    await readAll(child.stdout, options).catch(async (error: unknown) => {
      end();
      await groupEnd;
      throw error;
    });
    const result = await child;
    await groupEnd;
    if (signal.aborted) {
      return { exitCode: undefined, stderr: stderr.toString() };
    }
    if (result.exitCode === undefined && result.signal === undefined) {
      throw startFailure(program, options, result.cause);
    }
    return {
      exitCode: result.exitCode ?? 128 + constants.signals[result.signal ?? "SIGTERM"],
      stderr: stderr.toString(),
    };
  } finally {
    signal.removeEventListener("abort", end);
  }
}

async function readAll(
  stdout: NodeJS.ReadableStream & AsyncIterable<Buffer>,
  { signal, onOutput }: FollowOptions,
): Promise<void> {
  let stopWaiting = () => {};
  const stop = () => stopWaiting();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stdout) {
      const taken = Promise.withResolvers<void>();
      // A reader that takes no more would otherwise keep the process from its end. Not by a race with
      // one promise for all chunks, which would remember each of them.
      stopWaiting = taken.resolve;
      handOn(onOutput, chunk).then(taken.resolve, taken.reject);
      await taken.promise;
      if (signal.aborted) {
        return;
      }
      release(chunk);
    }
  } catch (error) {
    // The last resort of ending a group is to close its pipes.
    if (!signal.aborted) {
      throw error;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Also what is thrown at once arrives as a rejection. */
async function handOn(onOutput: FollowOptions["onOutput"], chunk: Buffer): Promise<void> {
  await onOutput(chunk);
}
