/** Reads the output of a program until the caller stops reading. */
import { constants } from "node:os";
import { startFailure } from "./failure.ts";
import { release, TailBuffer } from "./output.ts";
import { type StartGroupOptions, startGroup } from "./start.ts";
import { type EndStep, endProcessGroup } from "./terminate.ts";

/** Bytes of standard error to keep, for error messages. */
const STDERR_BYTES = 256 * 1024;

/**
 * Shorter than for changes: a person waits for the prompt, and a reader leaves nothing half done.
 */
const FOLLOW_END_STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 1_000 },
  { signal: "SIGTERM", waitMs: 1_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** Options of {@link follow}. */
export interface FollowOptions extends StartGroupOptions {
  /** Ends the process group when it fires, which is how following usually ends. */
  readonly signal: AbortSignal;
  /**
   * Called with each piece of standard output. The next piece is read once the promise has settled,
   * so memory stays flat however slow the reader is. The piece is emptied then.
   */
  readonly onOutput: (chunk: Buffer) => void | Promise<void>;
  /**
   * How the process group is ended. Defaults to SIGINT, SIGTERM 1 s after it and SIGKILL 1 s after
   * that.
   */
  readonly endSteps?: readonly EndStep[] | undefined;
}

/** End of a followed program. */
export interface FollowResult {
  /** 0 to 255, or 128 plus the number of a signal; undefined where the caller's signal ended it. */
  readonly exitCode: number | undefined;
  /** The last 256 KiB of standard error. */
  readonly stderr: string;
}

/**
 * Runs a program that writes without end, such as `docker compose logs --follow`.
 *
 * The program has no deadline, since nobody knows how long a person reads. It must have a signal
 * instead, which ends the whole process group within 3 s.
 *
 * @throws ProcessFailure when the program cannot be started; whatever `onOutput` throws, once the
 *   process has ended
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
      // A reader that never settles must not keep the process from ending. One new promise a chunk:
      // a race with one promise for all of them would keep a reaction for each.
      stopWaiting = taken.resolve;
      handOn(onOutput, chunk).then(taken.resolve, taken.reject);
      await taken.promise;
      if (signal.aborted) {
        return;
      }
      release(chunk);
    }
  } catch (error) {
    // Ending a group closes its pipes as the last step.
    if (!signal.aborted) {
      throw error;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Calls the reader. An error that it throws synchronously becomes a rejection. */
async function handOn(onOutput: FollowOptions["onOutput"], chunk: Buffer): Promise<void> {
  await onOutput(chunk);
}
