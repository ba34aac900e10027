/** End of a script that is asked to stop. */

import { StopRequest } from "../src/process/stop-request.ts";

/** Exit code of a script that was asked to stop: 128 plus the number of SIGINT. */
export const CANCELED_EXIT_CODE = 130;

/** Fires when a person or a service manager asks this process to end. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, (name) => stop.abort(new StopRequest(name)));
  }
  return stop.signal;
}

/**
 * Does work that cleans up after itself; when stopped, prints a line and returns the usual exit
 * code.
 */
export async function stoppable(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
    process.stderr.write("Stopped; everything that was made is removed.\n");
    process.exitCode = CANCELED_EXIT_CODE;
  }
}
