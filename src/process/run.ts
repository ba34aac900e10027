/** Runs a program to its end, before a deadline. */
import { constants } from "node:os";
import { ProcessFailure } from "./failure.ts";
import { DEFAULT_CAPTURE_BYTES, LineSplitter, release, TailBuffer } from "./output.ts";
import type { StartOptions } from "./start.ts";
import { startFailure } from "./start-failure.ts";
import { type EndStep, endProcessGroup } from "./terminate.ts";

/** A timer for longer than this would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Options of {@link run}. */
export interface RunOptions extends StartOptions {
  /** Deadline in milliseconds, greater than 0; the whole process group is ended when it passes. */
  readonly timeoutMs: number;
  /** Ends the process group when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each line of output as it comes. */
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Called once with the id of the process, which is that of its group too. */
  readonly onStart?: ((pid: number) => void) | undefined;
  /** Bytes of each stream to keep, counted from its end. Defaults to 8 MiB. */
  readonly captureBytes?: number;
  /**
   * How the process group is ended. Defaults to SIGINT, SIGTERM 8 s after it and SIGKILL 4 s after
   * that.
   */
  readonly endSteps?: readonly EndStep[] | undefined;
}

/** What a finished process left. */
export interface RunResult {
  /** 0 to 255; 128 and the signal's number when a signal ended it from outside. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the front of either stream was dropped to keep memory bounded. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

/**
 * Runs a program to its end and returns its exit code, whatever that is.
 *
 * @throws ProcessFailure when it cannot be started, passes its deadline or is cancelled.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  // A tenth of a second, which a program has better use for before it starts its first process.
  const { startGroup } = await import("./start.ts");
  if (options.signal?.aborted) {
    throw new ProcessFailure("canceled", program, `${program} was not started: cancelled before`);
  }
  const startedAt = performance.now();
  const captureBytes = options.captureBytes ?? DEFAULT_CAPTURE_BYTES;
  const stdout = new TailBuffer(captureBytes);
  const stderr = new TailBuffer(captureBytes);

  const child = startGroup(program, args, options);
  if (child.pid !== undefined) {
    options.onStart?.(child.pid);
  }
  const splitters = [
    watch(child.stdout, stdout, lineHandler(options.onLine, "stdout")),
    watch(child.stderr, stderr, lineHandler(options.onLine, "stderr")),
  ];

  let ending: "timed-out" | "canceled" | undefined;
  let groupEnd: Promise<void> | undefined;
  const end = (why: "timed-out" | "canceled") => {
    if (ending === undefined) {
      ending = why;
      groupEnd = endProcessGroup(child, options.endSteps);
    }
  };
  const timer = setTimeout(() => end("timed-out"), Math.min(options.timeoutMs, MAX_TIMER_MS));
  const onAbort = () => end("canceled");
  options.signal?.addEventListener("abort", onAbort, { once: true });

  try {
    const result = await child;
    await groupEnd;
    for (const splitter of splitters) {
      splitter.end();
    }
    if (ending !== undefined) {
      const streams = [stdout.toString(), stderr.toString()];
      const output = streams.filter((text) => text !== "").join("\n");
      const what = ending === "timed-out" ? `ran longer than ${options.timeoutMs} ms` : "cancelled";
      throw new ProcessFailure(ending, program, `${program}: ${what} and was ended`, { output });
    }
    if (result.exitCode === undefined && result.signal === undefined) {
      throw startFailure(program, options, result.cause);
    }
    return {
      exitCode: result.exitCode ?? 128 + constants.signals[result.signal ?? "SIGTERM"],
      stdout: stdout.toString(),
      stderr: stderr.toString(),
      truncated: stdout.truncated || stderr.truncated,
      durationMs: performance.now() - startedAt,
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", onAbort);
  }
}

function lineHandler(
  onLine: RunOptions["onLine"],
  stream: "stdout" | "stderr",
): ((line: string) => void) | undefined {
  return onLine && ((line) => onLine(line, stream));
}

function watch(
  stream: NodeJS.ReadableStream,
  tail: TailBuffer,
  onLine: ((line: string) => void) | undefined,
): LineSplitter {
  const splitter = new LineSplitter(onLine ?? (() => {}));
  stream.on("data", (chunk: Buffer) => {
    tail.push(chunk);
    if (onLine !== undefined) {
      splitter.push(chunk);
    }
    release(chunk);
  });
  return splitter;
}
