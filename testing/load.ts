/** A steady load of requests like those of many clients, and a count of the lost ones. */
import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent, request } from "node:https";

/** Requests a second of each target. */
export const REQUESTS_PER_SECOND = 20;

/**
 * Statuses with which a proxy answers in Lago's place. A 500 is an answer of Lago itself: its health
 * page has one when the database is slow, as on a busy machine.
 */
const PROXY_STATUSES = [502, 503, 504];

/** Longest time that a client waits for an answer. */
const CLIENT_TIMEOUT_MS = 60_000;

/** Requests to one address. */
export interface LoadTarget {
  readonly name: string;
  readonly url: string;
  /** Defaults to GET. */
  readonly method?: string;
  readonly body?: string;
}

/** Result of the requests to one target. */
export interface LoadCount {
  readonly sent: number;
  /** Requests without an answer of Lago: no answer at all, or one of the proxy in front. */
  readonly lost: number;
  /** Number of requests by status, or by the code of the error where there was no answer. */
  readonly results: Readonly<Record<string, number>>;
  /** Longest time that an answer took, in milliseconds. */
  readonly longestMs: number;
  /** Time from the first to the last lost request, in milliseconds; 0 without one. */
  readonly outageMs: number;
}

/** A load that runs. */
export interface Load {
  /** Stops sending, waits for the open requests, and returns the counts by the target's name. */
  stop(): Promise<Readonly<Record<string, LoadCount>>>;
}

/**
 * Sends {@link REQUESTS_PER_SECOND} requests a second to each target, whether earlier ones were
 * answered or not. Connects to this machine for every name.
 *
 * @param ca certificate of the authority to trust, as PEM. Defaults to none, for plain HTTP
 */
export function startLoad(targets: readonly LoadTarget[], ca?: string): Load {
  const agent =
    ca === undefined ? new PlainAgent({ keepAlive: true }) : new Agent({ keepAlive: true, ca });
  const loads = targets.map((target) => new TargetLoad(target, agent));
  const timers = loads.map((load) => setInterval(() => load.send(), 1_000 / REQUESTS_PER_SECOND));
  return {
    stop: async () => {
      for (const timer of timers) {
        clearInterval(timer);
      }
      const counts = await Promise.all(loads.map((load) => load.end()));
      agent.destroy();
      return Object.fromEntries(targets.map(({ name }, index) => [name, counts[index]])) as Record<
        string,
        LoadCount
      >;
    },
  };
}

class TargetLoad {
  readonly #target: LoadTarget;
  readonly #agent: PlainAgent;
  readonly #open = new Set<Promise<void>>();
  readonly #results = new Map<string, number>();
  readonly #lostMs: number[] = [];
  #sent = 0;
  #longestMs = 0;

  constructor(target: LoadTarget, agent: PlainAgent) {
    this.#target = target;
    this.#agent = agent;
  }

  send(): void {
    this.#sent += 1;
    const sentMs = performance.now();
    const one = answerOf(this.#target, this.#agent).then((result) => {
      this.#open.delete(one);
      this.#results.set(String(result), (this.#results.get(String(result)) ?? 0) + 1);
      if (typeof result === "number" && !PROXY_STATUSES.includes(result)) {
        this.#longestMs = Math.max(this.#longestMs, performance.now() - sentMs);
      } else {
        this.#lostMs.push(sentMs);
      }
    });
    this.#open.add(one);
  }

  async end(): Promise<LoadCount> {
    await Promise.all(this.#open);
    const lost = this.#lostMs.toSorted((a, b) => a - b);
    return {
      sent: this.#sent,
      lost: lost.length,
      results: Object.fromEntries(this.#results),
      longestMs: Math.round(this.#longestMs),
      outageMs: Math.round((lost.at(-1) ?? 0) - (lost[0] ?? 0)),
    };
  }
}

/** Sends a request, and returns the status of its answer, or the code of its error. */
function answerOf({ url, method = "GET", body }: LoadTarget, agent: PlainAgent) {
  const { protocol, hostname, host, port, pathname, search } = new URL(url);
  const send = protocol === "https:" ? request : plainRequest;
  return new Promise<number | string>((resolve) => {
    const outgoing = send({
      ...{ host: "127.0.0.1", port, path: `${pathname}${search}`, method, agent },
      ...{ servername: hostname, headers: { Host: host }, timeout: CLIENT_TIMEOUT_MS },
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("TIMEOUT")));
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    outgoing.on("response", (incoming) => {
      incoming.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      incoming.on("end", () => resolve(incoming.statusCode ?? 0)).resume();
    });
    outgoing.end(body);
  });
}
