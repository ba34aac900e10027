/** Ends running commands when their deadline passes, the engine cancels or the engine goes away. */
import grpc from "@grpc/grpc-js";
import { StatusError } from "./status-error.ts";

/** Maximum delay of a timer, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

const canceled = () => new StatusError(grpc.status.CANCELLED, "context canceled");
const deadlineExceeded = () =>
  new StatusError(grpc.status.DEADLINE_EXCEEDED, "context deadline exceeded");

/** Part of a gRPC call that reports that the engine has gone. */
interface Call {
  on(event: "cancelled", listener: () => void): unknown;
}

/** All running operations. */
export class Operations {
  readonly #running = new Set<AbortController>();
  #cancelled = false;

  /**
   * Runs an operation with a signal that fires when the operation has to end. After a cancellation
   * the signal of each further operation has already fired.
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

  /** Cancels all running operations and all later ones. */
  cancelAll(): void {
    this.#cancelled = true;
    for (const controller of this.#running) {
      controller.abort(canceled());
    }
  }
}
