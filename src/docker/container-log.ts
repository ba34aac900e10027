import { DeployError } from "../errors.ts";
import { TailBuffer } from "../process/output.ts";
import type { EngineContainer } from "./engine-container.ts";
import { type EngineCall, enginePath, streamFromEngine } from "./engine-request.ts";
import { LogFrames } from "./log-frames.ts";

/** The end of a container's log. */
export interface LogTail {
  /** May hold secrets and control characters. */
  readonly text: string;
  /** Whether the first of the lines that were asked for are left out, the first one perhaps in part. */
  readonly truncated: boolean;
}

/** Options of {@link readLogTail}. */
export interface LogTailOptions {
  /** Number of lines, 0 or more. */
  readonly lines: number;
  /** Most bytes to keep. */
  readonly maxBytes: number;
}

/**
 * Reads the last lines of a container's log, of both outputs. Empty for a container that is gone,
 * and for one whose log driver keeps nothing that the engine could read.
 *
 * @throws DeployError of the kind that the engine's words tell
 */
export async function readLogTail(
  call: EngineCall,
  { Id, Config }: EngineContainer,
  { lines, maxBytes }: LogTailOptions,
): Promise<LogTail> {
  const query = { stdout: "true", stderr: "true", tail: String(lines) };
  const path = enginePath(`/containers/${encodeURIComponent(Id)}/logs`, query);
  const tail = new TailBuffer(maxBytes);
  const frames = new LogFrames((bytes) => tail.push(bytes));
  // A terminal has one output, which comes without frames.
  const onChunk = (chunk: Buffer) => (Config.Tty ? tail.push(chunk) : frames.push(chunk));
  try {
    await streamFromEngine(call, { method: "GET", path }, onChunk);
  } catch (error) {
    if (!keepsNoLog(error)) {
      throw error;
    }
  }
  return { text: tail.toString(), truncated: tail.truncated };
}

/** Whether the engine says that the container's log driver cannot be read (moby, daemon/logger). */
function keepsNoLog(error: unknown): boolean {
  return (
    DeployError.isDeployError(error) &&
    /logging driver does not support reading/i.test(error.stderr ?? error.message)
  );
}
