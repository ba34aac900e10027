/** Keeps the figures of a run as they come. */
import type { Measured } from "./report/result.ts";

/** Figures by contender and work, in the order in which they first came. */
export class Collected {
  readonly #measured = new Map<string, Measured>();

  /** Adds a figure, or the reason why there is none: the first one of several is kept. */
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
