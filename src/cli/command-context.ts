import { EXIT_CODES } from "./exit-codes.ts";
import type { Output } from "./output/output.ts";
import type { Screen } from "./output/screen.ts";

/** Process resources of a command. */
export interface CommandContext {
  readonly output: Output;
  /** Capabilities of each output stream. */
  readonly screens: { readonly stdout: Screen; readonly stderr: Screen };
  /** Fires when a person or a service manager asks the process to end. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command that lasts until it is interrupted (Ctrl-C, terminal closed). Sets the exit code
 * of the process: 130 if interrupted, 0 if it finished or standard output was closed.
 *
 * @param work must end soon after its signal fires; errors thrown then are ignored
 */
export async function runUntilInterrupted(
  { output, screens, signal }: CommandContext,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const hangUp = new AbortController();
  const onHangUp = () => hangUp.abort();
  // Without a terminal, SIGHUP keeps its default, or `nohup` ignores it.
  if (screens.stdout.isTerminal) {
    process.on("SIGHUP", onHangUp);
  }
  const asked = AbortSignal.any([signal, hangUp.signal]);
  const either = AbortSignal.any([asked, output.stdoutClosed]);
  try {
    await work(either);
  } catch (error) {
    if (!either.aborted) {
      throw error;
    }
  } finally {
    process.off("SIGHUP", onHangUp);
  }
  if (asked.aborted) {
    process.exitCode = EXIT_CODES.Canceled;
  }
}
