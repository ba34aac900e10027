import { EXIT_CODES } from "./exit-codes.ts";
import type { Output } from "./output/output.ts";
import type { Screen } from "./output/screen.ts";

/** What a command has of the process that it runs in. */
export interface Session {
  readonly output: Output;
  /** What is on the other side of each output. */
  readonly screens: { readonly stdout: Screen; readonly stderr: Screen };
  /** Fires when a person or a service manager asks the process to end. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs what goes on until somebody ends it, as by Ctrl-C or by closing the terminal that it is shown
 * on, and sets the exit code of the process: 130 where it was asked to end, which is no failure and
 * says nothing; 0 where it ended by itself, or its reader went away.
 *
 * @param work is to end soon once its signal fires; what it throws then is nobody's concern
 */
export async function untilEnded(
  { output, screens, signal }: Session,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const hangUp = new AbortController();
  const onHangUp = () => hangUp.abort();
  // Elsewhere it is the system's to end this, or `nohup` has asked it not to.
  if (screens.stdout.isTerminal) {
    process.on("SIGHUP", onHangUp);
  }
  const asked = AbortSignal.any([signal, hangUp.signal]);
  const either = AbortSignal.any([asked, output.readerGone]);
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
