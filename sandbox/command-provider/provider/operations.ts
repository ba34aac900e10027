/** Ends running commands when their deadline passes, the engine cancels or the engine goes away. */
import grpc from "@grpc/grpc-js";
import { StatusError } from "./status-error.ts";

/** Longest delay that a timer takes, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

const canceled = () => new StatusError(grpc.status.CANCELLED, "context canceled");
const deadlineExceeded = () =>
  new StatusError(grpc.status.DEADLINE_EXCEEDED, "context deadline exceeded");

/** The part of a call that tells when the engine has gone. */
interface Call {
  on(event: "cancelled", listener: () => void): unknown;
}

/** All operations that run at the moment. */
export class Operations {
  readonly #running = new Set<AbortController>();
  #cancelled = false;

  /**
   * Runs an operation with a signal that fires when it has to end. Once cancelled, every further
   * operation finds its signal fired.
   *
   * @param timeoutSeconds Deadline; fractions are dropped, 0 means none.
   */
  async run<T>(
    call: Call,
    timeoutSeconds: number,
    operation: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const delayMs = Math.min(Math.trunc(timeoutSeconds) * 1000, MAX_DELAY_MS);
    const expire = () => controller.abort(deadlineExceeded());
    const timer = delayMs > 0 ? setTimeout(expire, delayMs) : undefined;
    if (timeoutSeconds !== 0 && timer === undefined) {
      expire();
    }
    this.#running.add(controller);
    call.on("cancelled", () => controller.abort(canceled()));
    if (this.#cancelled) {
      controller.abort(canceled());
    }
    try {
      return await operation(controller.signal);
    } finally {
      clearTimeout(timer);
      this.#running.delete(controller);
    }
  }

  /** Ends everything that runs, and everything that is still to come. */
  cancelAll(): void {
    this.#cancelled = true;
    for (const controller of this.#running) {
      controller.abort(canceled());
    }
  }
}
