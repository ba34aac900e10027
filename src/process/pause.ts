import { setTimeout as delay } from "node:timers/promises";

/** Waits for so many milliseconds, or until the signal fires; either is a normal end. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
  }
}
