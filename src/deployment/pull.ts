import { DeployError, type DeployErrorKind } from "../errors.ts";
import { retry } from "../process/retry.ts";
import type { ProgressListener } from "../progress.ts";

const ATTEMPTS = 3;

/** Wait before the second try in milliseconds, half more or less; twice as long before the third. */
const BACK_OFF_MS = 4_000;

/** What may be over in a few seconds. A full disk or a wrong name is the same on the next try. */
const PASSING: readonly DeployErrorKind[] = ["NetworkFailed", "RegistryRateLimit"];

/** One pull of a project's images. */
export interface PullOptions {
  /** Name of the project, for messages. */
  readonly project: string;
  /** Milliseconds for all tries and waits together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressListener | undefined;
  /** One try: what it is for, as the subject of an error message, and its share of the time. */
  readonly pull: (purpose: string, timeoutMs: number) => Promise<void>;
}

/**
 * Pulls, and tries again where that can help. Nothing is stopped for a pull, so what runs goes on
 * running however it ends.
 *
 * @throws DeployError of the last try
 */
export async function pullWithRetry(options: PullOptions): Promise<void> {
  const purpose = `Pulling the images of project ${options.project}`;
  const deadlineMs = performance.now() + options.timeoutMs;
  await retry(
    async (attempt) => {
      const which = attempt === 1 ? "" : ` (attempt ${attempt} of ${ATTEMPTS})`;
      await options.pull(
        `${purpose}${which}`,
        Math.max(1, Math.ceil(deadlineMs - performance.now())),
      );
    },
    {
      attempts: ATTEMPTS,
      backOffMs: BACK_OFF_MS,
      deadlineMs,
      signal: options.signal,
      canHelp: (error) => DeployError.isDeployError(error) && PASSING.includes(error.kind),
      onRetry: (attempt, waitMs, error) => {
        const { kind } = error as DeployError;
        const seconds = Math.round(waitMs / 1000);
        const message = `project ${options.project}: pull failed (${kind}); attempt ${attempt} of ${ATTEMPTS} in ${seconds} s`;
        options.onProgress?.({ message });
      },
    },
  );
}
