import { DeployError } from "../../errors.ts";
import { release } from "../../process/output.ts";
import { cleanText } from "../../text/clean.ts";
import { UsageError } from "../usage-error.ts";

/** Maximum line length on standard error: Pulumi's command provider hangs on a line over 64 KiB. */
const MAX_LINE_CHARACTERS = 2_000;

/**
 * Outputs of a command: results go to standard output, messages for a waiting person to standard
 * error.
 */
export interface Output {
  result(text: string): void;
  note(text: string): void;
  /** Writes a part of an endless result. Settles once the stream can take the next part. */
  stream(text: string): Promise<void>;
  /** Fires when the reader of standard output is gone, as behind `| head`. */
  readonly stdoutClosed: AbortSignal;
}

const stdoutClosed = new AbortController();

function onResultError(error: NodeJS.ErrnoException): void {
  ignoreBrokenPipe(error);
  stdoutClosed.abort();
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}

/** Returns the process's own streams. A closed stream is not an error. */
export function processOutput(): Output {
  process.stdout.off("error", onResultError).on("error", onResultError);
  process.stderr.off("error", ignoreBrokenPipe).on("error", ignoreBrokenPipe);
  return {
    result: (text) => process.stdout.write(`${text}\n`),
    stream: (text) =>
      new Promise((done) => {
        const bytes = Buffer.from(text, "utf8");
        // The stream's `error` event reports a failed write.
        process.stdout.write(bytes, () => {
          release(bytes);
          done();
        });
      }),
    stdoutClosed: stdoutClosed.signal,
    note: (text) => {
      for (const line of cleanText(text).split("\n")) {
        process.stderr.write(`${line.slice(0, MAX_LINE_CHARACTERS)}\n`);
      }
    },
  };
}

/** Formats an error for a person. */
export function errorText(error: unknown): string {
  if (DeployError.isDeployError(error)) {
    return `error: ${error.kind}: ${error.message}`;
  }
  if (error instanceof UsageError) {
    return `error: ${error.message}`;
  }
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Formats an error as JSON. */
export function errorJson(error: unknown): string {
  const known = DeployError.isDeployError(error);
  return JSON.stringify({
    error: {
      kind: known ? error.kind : error instanceof UsageError ? "Usage" : "Unexpected",
      message: error instanceof Error ? error.message : String(error),
      ...(known && error.service !== undefined ? { service: error.service } : {}),
      ...(known && error.image !== undefined ? { image: error.image } : {}),
      ...(known && error.issues.length > 0 ? { issues: error.issues } : {}),
    },
  });
}
