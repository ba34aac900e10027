/** Speaks with a program over its standard streams, such as `docker system dial-stdio`. */
import { Duplex } from "node:stream";
import { ProcessFailure, startFailure } from "./failure.ts";
import { TailBuffer } from "./output.ts";
import type { StartOptions } from "./start.ts";
import { type EndStep, endProcessGroup } from "./terminate.ts";

/** Bytes of standard error to keep for an error message. */
const STDERR_BYTES = 256 * 1024;

/** A program that only carries bytes has nothing to finish. */
const END_STEPS: readonly EndStep[] = [
  { signal: "SIGTERM", waitMs: 1_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** How a dialed program ended. */
export interface DialEnd {
  /** 0 to 255; undefined where a signal ended the program. */
  readonly exitCode: number | undefined;
  readonly stderr: string;
}

/** A running program and the stream that leads to it. */
export interface Dialed {
  /** Writes to the program's standard input and reads its standard output. */
  readonly stream: Duplex;
  /** Settles when the program has ended. Rejects with a `ProcessFailure` when it never started. */
  readonly ended: Promise<DialEnd>;
  /** Ends the program and its process group, within 2 s. */
  end(): Promise<void>;
  /** Lets this process exit although the program runs, or keeps it from doing so. */
  hold(isHeld: boolean): void;
}

/**
 * Starts a program whose standard streams carry a conversation. The program has no deadline, but
 * each request has one. The program ends with its standard input, and so also when this process is
 * killed.
 */
export async function dial(
  program: string,
  args: readonly string[],
  options: Omit<StartOptions, "stdin" | "keepStdinOpen">,
): Promise<Dialed> {
  // Loading this takes a tenth of a second, and an engine on a socket does without it.
  const { startGroup } = await import("./start.ts");
  const child = startGroup(program, args, { ...options, keepStdinOpen: true });
  const stderr = new TailBuffer(STDERR_BYTES);
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const ended = child.then((result): DialEnd => {
    if (result.exitCode === undefined && result.signal === undefined) {
      throw startFailure(program, options, result.cause);
    }
    return { exitCode: result.exitCode, stderr: stderr.toString() };
  });
  ended.catch(() => {});
  if (child.stdin === null) {
    throw new ProcessFailure("spawn-failed", program, `${program} has no standard input`);
  }
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  // The request in progress reports the error.
  stream.on("error", () => {});
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly {
    ref?(): void;
    unref?(): void;
  }[];
  return {
    stream,
    ended,
    end: async () => {
      stream.destroy();
      await endProcessGroup(child, END_STEPS);
    },
    hold: (isHeld) => {
      for (const handle of handles) {
        (isHeld ? handle.ref : handle.unref)?.call(handle);
      }
    },
  };
}
