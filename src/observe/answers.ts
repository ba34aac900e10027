/** Servers that answer at ports which containers publish on this machine. */
import { connect } from "node:net";
import type { PublishedPort } from "../docker/ps-container.ts";

/**
 * How long a connection has to stay open without an answer to count as one: a server of another
 * protocol waits for its client. Docker's own proxy accepts a connection although nothing listens in
 * the container, and then closes it at once.
 */
const QUIET_MS = 300;

/** Longest time to wait for a connection, in milliseconds. */
const CONNECT_MS = 2_000;

/**
 * Request that any HTTP server answers. Without a `Host`, which Redis takes for an attack and writes
 * to its log.
 */
const REQUEST = "GET / HTTP/1.0\r\n\r\n";

/** Whether a server answers at a published TCP port of this machine. Never rejects. */
export function answersAt(
  { address, hostPort }: Pick<PublishedPort, "address" | "hostPort">,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const socket = connect({ host: reachable(address), port: hostPort });
    let timer = setTimeout(() => end(false), CONNECT_MS);
    const onAbort = () => end(false);
    const end = (isAnswer: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(isAnswer);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket
      .on("error", () => end(false))
      .on("end", () => end(false))
      .on("close", () => end(false))
      .on("data", () => end(true))
      .on("connect", () => {
        clearTimeout(timer);
        // A close that has arrived meanwhile comes before the immediate, though not before the timer.
        timer = setTimeout(() => setImmediate(end, true), QUIET_MS);
        socket.write(REQUEST);
      });
  });
}

/** The address of this machine at which a published address can be reached. */
function reachable(address: string): string {
  if (address === "::") {
    return "::1";
  }
  return address === "" || address === "0.0.0.0" ? "127.0.0.1" : address;
}
