import { DeployError } from "../../errors.ts";
import { release } from "../../process/output.ts";
import { cleanText } from "../../text/clean.ts";

/** Longest line on standard error: Pulumi's command provider hangs on one over 64 KiB. */
const MAX_LINE_CHARACTERS = 2_000;

/** Where a command writes: results to standard output, everything for a waiting person beside it. */
export interface Output {
  result(text: string): void;
  note(text: string): void;
  /** Writes a part of a result without end; settles once there is room for the next one. */
  stream(text: string): Promise<void>;
  /** Fires when nobody reads the results any more, as behind `| head`. */
  readonly readerGone: AbortSignal;
}

const readerGone = new AbortController();

function onResultError(error: NodeJS.ErrnoException): void {
  ignoreBrokenPipe(error);
  readerGone.abort();
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}

/** The process's own streams; a reader that went away is no reason to fail. */
export function processOutput(): Output {
  process.stdout.off("error", onResultError).on("error", onResultError);
  process.stderr.off("error", ignoreBrokenPipe).on("error", ignoreBrokenPipe);
  return {
    result: (text) => process.stdout.write(`${text}\n`),
    stream: (text) =>
      new Promise((done) => {
        const bytes = Buffer.from(text, "utf8");
        // What went wrong is told by the stream itself.
        process.stdout.write(bytes, () => {
          release(bytes);
          done();
        });
      }),
    readerGone: readerGone.signal,
    note: (text) => {
      for (const line of cleanText(text).split("\n")) {
        process.stderr.write(`${line.slice(0, MAX_LINE_CHARACTERS)}\n`);
      }
    },
  };
}

/** A failure as a person reads it. */
export function errorText(error: unknown): string {
  if (DeployError.isDeployError(error)) {
    return `error: ${error.kind}: ${error.message}`;
  }
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** A failure as a program reads it. */
export function errorJson(error: unknown): string {
  const known = DeployError.isDeployError(error);
  return JSON.stringify({
    error: {
      kind: known ? error.kind : "Unexpected",
      message: error instanceof Error ? error.message : String(error),
      ...(known && error.service !== undefined ? { service: error.service } : {}),
      ...(known && error.image !== undefined ? { image: error.image } : {}),
      ...(known && error.issues.length > 0 ? { issues: error.issues } : {}),
    },
  });
}
