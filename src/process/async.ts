/** Waiting: for a while, and for several promises at once. */
import { setTimeout as delay } from "node:timers/promises";

/** Waits for so many milliseconds, or until the signal fires. Neither is an error. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
  }
}

/**
 * Waits until every promise has settled, also when one of them rejects. `Promise.all` alone would
 * return at the first failure and leave the others to start processes behind the caller's back.
 *
 * @returns the values, in the order of the promises
 * @throws the error of the first promise that rejected, in the order of the promises
 */
export async function allSettledOrThrow<const T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
