import { pause } from "./pause.ts";

/** When and how often {@link retry} tries again. */
export interface RetryOptions {
  /** Most tries in all, 1 or more. */
  readonly attempts: number;
  /** Middle of the wait before the second try in milliseconds; it doubles before each further one. */
  readonly backOffMs: number;
  /** No try begins after this time, by `performance.now()`. */
  readonly deadlineMs: number;
  /** Cuts a wait short; the next try is to see it for itself. */
  readonly signal?: AbortSignal | undefined;
  /** Whether another try can help after this error. */
  readonly canHelp: (error: unknown) => boolean;
  /** Told before each wait: the number of the try that follows it, and how long it is. */
  readonly onRetry?: (attempt: number, waitMs: number, error: unknown) => void;
  /** Waits. Defaults to {@link pause}. */
  readonly wait?: typeof pause;
  /** At least 0 and below 1. Defaults to `Math.random`. */
  readonly random?: () => number;
}

/**
 * Runs an operation again when it fails, after waits that double. Each wait is up to half shorter or
 * longer by chance, so that many hosts that failed together do not come back together.
 *
 * @param operation gets the number of the try, from 1
 * @throws whatever the last try threw
 */
export async function retry<T>(
  operation: (attempt: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { wait = pause, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation(attempt);
    } catch (error) {
      const waitMs = Math.round(options.backOffMs * 2 ** (attempt - 1) * (0.5 + random()));
      const late = performance.now() + waitMs >= options.deadlineMs;
      if (attempt >= options.attempts || late || !options.canHelp(error)) {
        throw error;
      }
      options.onRetry?.(attempt + 1, waitMs, error);
      await wait(waitMs, options.signal);
    }
  }
}
