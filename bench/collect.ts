/** Collects the figures of a run. */
import type { Measured } from "./report/result.ts";

/** Figures by contender and work, in order of first appearance. */
export class Collected {
  readonly #measured = new Map<string, Measured>();

  /** Adds a figure, or a reason for its absence; only the first reason is kept. */
  add(contender: string, work: string, result: number | string): void {
    const key = JSON.stringify([contender, work]);
    const one = this.#measured.get(key) ?? { contender, work, samples: [] };
    if (typeof result === "number") {
      one.samples.push(result);
    } else {
      one.notDone ??= result;
    }
    this.#measured.set(key, one);
  }

  get measured(): Measured[] {
    return [...this.#measured.values()];
  }
}
