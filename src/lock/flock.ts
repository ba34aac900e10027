/**
 * Locks an open file with the system's `flock` program, since Node has no call for it. Such a lock
 * belongs to what was opened and not to a process: `flock` locks the descriptor that it inherits and
 * ends, and from then on whoever else has that descriptor holds the lock. The kernel lets go of it
 * when the last of them is gone, however they end, so no lock can be left behind.
 */
import { inheritedEnvironment } from "../process/environment.ts";
import { ProcessFailure } from "../process/failure.ts";
import { run } from "../process/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";

/** The number by which the program gets the descriptor. */
const DESCRIPTOR = "3";

/** Deadline of a try that does not wait. */
const TRY_TIMEOUT_MS = 10_000;

const MAX_REASON_BYTES = 512;

/** What came of it; `failed` is for a file system without locks, and the like. */
export type FlockResult =
  | { readonly outcome: "locked" | "held" | "canceled" | "no-program" }
  | { readonly outcome: "failed"; readonly reason: string };

/**
 * Locks an open file exclusively. An exclusive lock is what every `flock` takes unless told
 * otherwise; util-linux, busybox and the ones for macOS share no more than `-n`.
 *
 * A wait is one call that the kernel wakes: it gets the lock at once, in turn with others who wait.
 *
 * @param waitMs how long to wait while somebody else holds the lock, in milliseconds; 0 for not at all
 */
export async function flock(
  descriptor: number,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<FlockResult> {
  const waits = waitMs > 0;
  try {
    const { exitCode, stderr } = await run("flock", waits ? [DESCRIPTOR] : ["-n", DESCRIPTOR], {
      env: inheritedEnvironment(),
      inherit: [descriptor],
      timeoutMs: waits ? waitMs : TRY_TIMEOUT_MS,
      signal,
      // It has nothing to tidy up.
      endSteps: [{ signal: "SIGKILL", waitMs: 1_000 }],
    });
    if (exitCode === 0) {
      return { outcome: "locked" };
    }
    const reason = tailBytes(cleanText(stderr).trim(), MAX_REASON_BYTES);
    // All of them say so in silence.
    return exitCode === 1 && reason === ""
      ? { outcome: "held" }
      : { outcome: "failed", reason: reason || `flock ended with exit code ${exitCode}` };
  } catch (error) {
    if (!(error instanceof ProcessFailure)) {
      throw error;
    }
    return outcomeOf(error);
  }
}

function outcomeOf({ kind, message }: ProcessFailure): FlockResult {
  switch (kind) {
    case "timed-out":
      return { outcome: "held" };
    case "canceled":
      return { outcome: "canceled" };
    case "not-found":
      return { outcome: "no-program" };
    case "spawn-failed":
      return { outcome: "failed", reason: message };
  }
}
