/** Time that each step of an operation takes. */
export class Timings {
  readonly #sinceMs: number;
  #lastMs: number;
  readonly #steps = new Map<string, number>();

  /** @param sinceMs start of the operation, by `performance.now()`. Defaults to now */
  constructor(sinceMs = performance.now()) {
    this.#sinceMs = sinceMs;
    this.#lastMs = sinceMs;
  }

  /** Ends a step, which took the time since the last call, or since the start. */
  mark(step: string): void {
    const nowMs = performance.now();
    this.#steps.set(step, (this.#steps.get(step) ?? 0) + nowMs - this.#lastMs);
    this.#lastMs = nowMs;
  }

  /** Milliseconds by step, in the order of the steps. */
  get steps(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#steps);
  }

  /** Formats the timings as one line for a person. */
  text(): string {
    const steps = [...this.#steps].map(([step, ms]) => `${step} ${seconds(ms)}`);
    const total = seconds(performance.now() - this.#sinceMs);
    return `timings: ${[...steps, `${total} in all`].join(", ")}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
