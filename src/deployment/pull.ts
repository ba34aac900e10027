import { DeployError, type DeployErrorKind } from "../errors.ts";
import { pause } from "../process/async.ts";
import type { ProgressListener } from "../progress.ts";

const ATTEMPTS = 3;

/**
 * Wait before the second attempt, in milliseconds, up to half more or less by chance, so that hosts
 * that failed together do not retry together. Doubles before each further attempt.
 */
const BACK_OFF_MS = 4_000;

/** Failures that may pass in a few seconds. A full disk or a wrong name does not pass. */
const PASSING: readonly DeployErrorKind[] = ["NetworkFailed", "RegistryRateLimit"];

/** One pull of a project's images. */
export interface PullOptions {
  /** Name of the project, for messages. */
  readonly project: string;
  /** Deadline for all attempts and waits together, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressListener | undefined;
  /** Makes one attempt. `purpose` is the subject of an error message. */
  readonly pull: (purpose: string, timeoutMs: number) => Promise<void>;
}

/**
 * Pulls the images of a project, up to three times where another attempt can help. Nothing is stopped
 * for a pull: running containers go on running however the pull ends.
 *
 * @throws DeployError of the last attempt
 */
export async function pullWithRetry(options: PullOptions): Promise<void> {
  const { project, onProgress, signal } = options;
  const deadlineMs = performance.now() + options.timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    const which = attempt === 1 ? "" : ` (attempt ${attempt} of ${ATTEMPTS})`;
    const leftMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
    try {
      await options.pull(`Pulling the images of project ${project}${which}`, leftMs);
      return;
    } catch (error) {
      const waitMs = Math.round(BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
      const isLast = attempt >= ATTEMPTS || performance.now() + waitMs >= deadlineMs;
      if (isLast || !DeployError.isDeployError(error) || !PASSING.includes(error.kind)) {
        throw error;
      }
      const next = `attempt ${attempt + 1} of ${ATTEMPTS} in ${Math.round(waitMs / 1000)} s`;
      onProgress?.({ message: `project ${project}: pull failed (${error.kind}); ${next}` });
      // A signal cuts the wait short; the next attempt then reports the cancellation.
      await pause(waitMs, signal);
    }
  }
}
