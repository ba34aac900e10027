/** Runs a program until it ends or its deadline passes. */
import { constants } from "node:os";
import { ProcessFailure, startFailure } from "./failure.ts";
import { DEFAULT_CAPTURE_BYTES, LineSplitter, release, TailBuffer } from "./output.ts";
import type { StartGroupOptions } from "./start.ts";
import { type EndStep, endProcessGroup } from "./terminate.ts";

/** Longest delay of a timer: a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Options of {@link run}. */
export interface RunOptions extends StartGroupOptions {
  /** Deadline in milliseconds, greater than 0; the whole process group is ended when it passes. */
  readonly timeoutMs: number;
  /** Ends the process group when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of output as soon as it is read. */
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Called once with the id of the process, which is also the id of its group. */
  readonly onStart?: ((pid: number) => void) | undefined;
  /** Bytes to keep of the end of each stream. Defaults to 8 MiB. */
  readonly captureBytes?: number;
  /**
   * How the process group is ended. Defaults to SIGINT, SIGTERM 8 s after it and SIGKILL 4 s after
   * that.
   */
  readonly endSteps?: readonly EndStep[] | undefined;
}

/** Result of a finished process. */
export interface RunResult {
  /** 0 to 255, or 128 plus the signal's number when a signal ended the process from outside. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the beginning of either stream was dropped to bound memory. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

/**
 * Runs a program until it ends and returns its exit code and output. An exit code other than 0 is
 * no error here.
 *
 * @throws ProcessFailure when the program cannot be started, passes its deadline or is canceled
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  // Loading execa takes a tenth of a second; programs that start no process do without.
  const { startGroup } = await import("./start.ts");
  if (options.signal?.aborted) {
    throw new ProcessFailure("canceled", program, `${program} was not started: canceled before`);
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
      const what = ending === "timed-out" ? `ran longer than ${options.timeoutMs} ms` : "canceled";
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
