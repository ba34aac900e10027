/** Waiting for a while, waiting for several promises at once, and keeping their values. */
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

/**
 * Keeps the promises of answers by key, so that each question is asked once. A promise that rejects
 * is not kept: the cause may be gone before the next question.
 */
export class PromiseCache {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** Returns the answer for a key, and asks for it unless that was done before. */
  get<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) {
      return known;
    }
    const answer = ask().catch((error: unknown) => {
      this.#answers.delete(key);
      throw error;
    });
    this.#answers.set(key, answer);
    return answer;
  }
}

/**
 * Makes a function that does the work at its first call and returns the same result from then on.
 */
export function memoized<T>(work: () => Promise<T>): () => Promise<T> {
  const cache = new PromiseCache();
  return () => cache.get("", work);
}
