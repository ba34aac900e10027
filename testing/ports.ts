/** Ports for tests, distinct for test files that run at the same time. */
import { canListen } from "../src/observe/port-listeners.ts";

/** First port of all ranges: above the ports that a deployment chooses for `auto`. */
const FIRST = 30_000;
/** Number of ports per worker of vitest. */
const COUNT = 200;
/** Number of ranges: Linux uses the ports from 32768 on for outgoing connections. */
const RANGES = 13;

/** Start of the search. It differs between processes, so that a port is not reused at once. */
let next = process.pid % COUNT;

/**
 * Returns a port of this host that nothing listens on, in the range of this worker of vitest. Test
 * files that run at the same time never get the same port.
 *
 * @throws Error when all ports of the range are taken
 */
export async function freePort(worker = Number(process.env.VITEST_POOL_ID ?? 0)): Promise<number> {
  const first = FIRST + (worker % RANGES) * COUNT;
  for (let tried = 0; tried < COUNT; tried++) {
    const port = first + next;
    next = (next + 1) % COUNT;
    if (await canListen("127.0.0.1", port)) {
      return port;
    }
  }
  throw new Error(`none of the ports ${first} to ${first + COUNT - 1} is free`);
}
