/** Where the time of an operation goes. */
export class Timings {
  readonly #sinceMs: number;
  #lastMs: number;
  readonly #steps = new Map<string, number>();

  /** @param sinceMs when the operation began, by `performance.now()`. Defaults to now */
  constructor(sinceMs = performance.now()) {
    this.#sinceMs = sinceMs;
    this.#lastMs = sinceMs;
  }

  /** Says what all that has passed since the last call, or the beginning, was spent on. */
  mark(step: string): void {
    const nowMs = performance.now();
    this.#steps.set(step, (this.#steps.get(step) ?? 0) + nowMs - this.#lastMs);
    this.#lastMs = nowMs;
  }

  /** Milliseconds by step, in the order in which the steps came. */
  get steps(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#steps);
  }

  /** One line for a person. */
  text(): string {
    const steps = [...this.#steps].map(([step, ms]) => `${step} ${seconds(ms)}`);
    const total = seconds(performance.now() - this.#sinceMs);
    return `timings: ${[...steps, `${total} in all`].join(", ")}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
