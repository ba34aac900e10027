/** Ports for tests: of this host, and of one test file at a time. */
import { canListen } from "../src/observe/listeners.ts";

/** The first port of all: above those that a deployment chooses for `auto`. */
const FIRST = 30_000;
/** Ports of one worker of vitest. */
const COUNT = 200;
/** Ranges that there are: Linux gives the ports from 32768 on to outgoing connections. */
const RANGES = 13;

/** Where the search begins: another place in each process, so that a port is not used again at once. */
let next = process.pid % COUNT;

/**
 * A port of this host that nothing listens on, out of the range of this worker of vitest: test files
 * that run at the same time never get the same one, and nobody else takes one before the test does.
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
