import type { Flag } from "./engine-flag.ts";

/**
 * Tells flags of runs that are at work from those of runs that are gone. Clocks of two machines differ,
 * so what counts is how long this one has seen a flag unchanged.
 */
export class FlagWatch {
  readonly #staleMs: number;
  readonly #seen = new Map<string, { readonly beat: number; readonly sinceMs: number }>();

  /** @param staleMs how long a flag may go without being renewed, in milliseconds */
  constructor(staleMs: number) {
    this.#staleMs = staleMs;
  }

  /**
   * Sorts the flags of one look.
   *
   * @param nowMs a monotonic clock, in milliseconds
   */
  sort(flags: readonly Flag[], nowMs: number): { readonly live: Flag[]; readonly stale: Flag[] } {
    const newest = new Map<string, number>();
    for (const { owner, beat } of flags) {
      newest.set(owner, Math.max(beat, newest.get(owner) ?? 0));
    }
    for (const [owner, beat] of newest) {
      if (this.#seen.get(owner)?.beat !== beat) {
        this.#seen.set(owner, { beat, sinceMs: nowMs });
      }
    }
    const isStale = ({ owner }: Flag) =>
      nowMs - (this.#seen.get(owner)?.sinceMs ?? nowMs) >= this.#staleMs;
    return { live: flags.filter((flag) => !isStale(flag)), stale: flags.filter(isStale) };
  }
}
