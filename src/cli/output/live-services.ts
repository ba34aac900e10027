import type { StatusPoll } from "../../deployment/options.ts";
import type { Readiness } from "../../deployment/readiness.ts";
import { cleanText } from "../../text/clean.ts";
import { table } from "../../text/table.ts";
import type { Color, Screen } from "./screen.ts";

const HEADER = ["", "SERVICE", "STATE", "HEALTH", "SECONDS"];
const [SIGN, STATE, HEALTH] = [0, 2, 3];

const SIGNS = {
  unicode: { ready: "✔", pending: "○", failed: "✖" },
  ascii: { ready: "+", pending: ".", failed: "!" },
} as const;

const COLORS: Readonly<Record<Readiness["state"], Color>> = {
  ready: "green",
  pending: "yellow",
  failed: "red",
};

/** Table of the services of a starting deployment, for a terminal. */
export class LiveServices {
  readonly #projectName: string;
  #last: StatusPoll | undefined;
  #startedMs = 0;
  /** Time at which each ready service became ready. */
  readonly #readyMs = new Map<string, number>();

  constructor(projectName: string) {
    this.#projectName = projectName;
  }

  /**
   * Takes in one snapshot of the services.
   *
   * @param nowMs a monotonic clock, in milliseconds
   */
  look(look: StatusPoll, nowMs: number): void {
    if (this.#last === undefined) {
      this.#startedMs = nowMs;
    }
    this.#last = look;
    for (const { service, state } of look.services) {
      if (state !== "ready") {
        this.#readyMs.delete(service);
      } else if (!this.#readyMs.has(service)) {
        this.#readyMs.set(service, nowMs);
      }
    }
  }

  /**
   * Returns the table at a moment, no wider than the screen; undefined before the first snapshot.
   */
  text(nowMs: number, screen: Screen): string | undefined {
    const look = this.#last;
    if (look === undefined) {
      return undefined;
    }
    const { services } = look;
    const signs = screen.isUnicode ? SIGNS.unicode : SIGNS.ascii;
    const rows = services.map(({ service, state, reason }) => [
      signs[state],
      service,
      stateOf(service, look),
      cleanText(reason),
      this.#seconds(service, nowMs),
    ]);
    const ready = services.filter(({ state }) => state === "ready").length;
    const headline = `${this.#projectName}: ${ready} of ${services.length} services ready`;
    const laidOut = table(HEADER, rows, {
      maxWidth: screen.width(),
      givesWay: [HEALTH, STATE],
      cut: screen.isUnicode ? "…" : "~",
      paint: (cell, row, column) => {
        const service = services[row];
        if (service === undefined) {
          return screen.paint("bold", cell);
        }
        const colored = column === SIGN || column === HEALTH;
        return colored ? screen.paint(COLORS[service.state], cell) : cell;
      },
    });
    return `${screen.paint("bold", headline.slice(0, screen.width()))}\n${laidOut}`;
  }

  #seconds(service: string, nowMs: number): string {
    const untilMs = this.#readyMs.get(service) ?? nowMs;
    return ((untilMs - this.#startedMs) / 1_000).toFixed(1);
  }
}

/** Docker's state of the service's containers; with several, of the one that is not running. */
function stateOf(service: string, { containers }: StatusPoll): string {
  const states = containers.filter((one) => one.service === service).map(({ state }) => state);
  return states.find((state) => state !== "running") ?? states[0] ?? "-";
}
