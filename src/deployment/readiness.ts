import type { InspectedContainer } from "../docker/inspect.ts";
import type { ContainerStatus } from "./status.ts";

/** A service that is expected to be up, or to have run. */
export interface ExpectedService {
  readonly name: string;
  readonly oneShot: boolean;
  readonly hasHealthCheck: boolean;
}

/** Where a service stands on its way up. */
export interface Readiness {
  readonly service: string;
  readonly state: "ready" | "pending" | "failed";
  /** In words for a person, such as "healthy" or "ended with exit code 1". */
  readonly reason: string;
  /** Of a failed one: what kind of failure it is. */
  readonly failure?: ServiceFailure;
  /** Milliseconds after which a pending one is ready if nothing happens to it. Absent where that is not known. */
  readonly readyInMs?: number;
}

/** The kinds of failure that a service's containers tell. */
export type ServiceFailure = "CrashLoop" | "MigrationFailed" | "NotReady";

/** The one-shot of Lago's files that brings the database to the release's form. */
const MIGRATION_SERVICE = "migrate";

type Verdict = (state: Readiness["state"], reason: string, failure?: ServiceFailure) => Readiness;

/** How long a service without a health check has to run unbroken to count as up. */
const STABLE_MS = 3_000;

/** So many restarts while somebody waits are a crash loop. */
const CRASH_LOOP_RESTARTS = 5;

/** What earlier looks at a container left to compare with. */
interface Sighting {
  readonly startedAt: string;
  readonly sinceMs: number;
  readonly firstRestartCount: number;
}

/**
 * Judges services by repeated looks at their containers. Compose calls a container running that
 * crashes every second; comparing looks tells that apart.
 */
export class ReadinessJudge {
  readonly #sightings = new Map<string, Sighting>();

  /**
   * Notes what runs before anything is done. What is found unchanged later, and never had to be
   * restarted, counts as up without a new wait.
   */
  note(inspected: readonly InspectedContainer[]): void {
    for (const { id, restartCount, startedAt } of inspected) {
      if (restartCount === 0) {
        this.#sightings.set(id, { startedAt, sinceMs: -Infinity, firstRestartCount: 0 });
      }
    }
  }

  /**
   * @param nowMs a monotonic clock, in milliseconds
   * @param final whether compose has done all it will, so that an ended container stays ended
   */
  judge(
    expected: readonly ExpectedService[],
    containers: readonly ContainerStatus[],
    inspected: readonly InspectedContainer[],
    nowMs: number,
    final: boolean,
  ): Readiness[] {
    return expected.map((service) => {
      const own = containers.filter((container) => container.service === service.name);
      if (own.length === 0) {
        return { service: service.name, state: "pending", reason: "not created yet" };
      }
      const verdicts = own.map((container) => {
        const details = inspected.find(({ id }) => id.startsWith(container.id));
        return this.#judgeOne(service, container, details, nowMs, final);
      });
      return (
        verdicts.find(({ state }) => state === "failed") ??
        verdicts.find(({ state }) => state === "pending") ??
        (verdicts[0] as Readiness)
      );
    });
  }

  #judgeOne(
    service: ExpectedService,
    container: ContainerStatus,
    details: InspectedContainer | undefined,
    nowMs: number,
    final: boolean,
  ): Readiness {
    const verdict: Verdict = (state, reason, failure) => ({
      service: service.name,
      state,
      reason,
      ...(failure === undefined ? {} : { failure }),
    });
    const sighting = this.#look(details?.id ?? container.id, details, nowMs);
    const restarts = (details?.restartCount ?? 0) - sighting.firstRestartCount;
    if (restarts >= CRASH_LOOP_RESTARTS) {
      return verdict("failed", `crashes again and again (${restarts} restarts)`, "CrashLoop");
    }
    switch (container.state) {
      case "exited":
      case "dead":
        return ended(service, container, details, final, verdict);
      case "restarting":
        return verdict("pending", `restarting after exit code ${container.exitCode}`);
      case "running":
        break;
      default:
        return verdict("pending", container.state || "starting");
    }
    if (service.oneShot) {
      return verdict("pending", "still at work");
    }
    if (container.health !== "") {
      return container.health === "healthy"
        ? verdict("ready", "healthy")
        : verdict("pending", container.health === "unhealthy" ? "unhealthy" : "not healthy yet");
    }
    const readyInMs = sighting.sinceMs + STABLE_MS - nowMs;
    return readyInMs <= 0
      ? verdict("ready", "running")
      : { ...verdict("pending", "just started"), readyInMs };
  }

  #look(id: string, details: InspectedContainer | undefined, nowMs: number): Sighting {
    const known = this.#sightings.get(id);
    const startedAt = details?.startedAt ?? "";
    if (known !== undefined && known.startedAt === startedAt) {
      return known;
    }
    const sighting = {
      startedAt,
      sinceMs: nowMs,
      firstRestartCount: known?.firstRestartCount ?? details?.restartCount ?? 0,
    };
    this.#sightings.set(id, sighting);
    return sighting;
  }
}

function ended(
  service: ExpectedService,
  container: ContainerStatus,
  details: InspectedContainer | undefined,
  final: boolean,
  verdict: Verdict,
): Readiness {
  if (container.exitCode === 0 && service.oneShot) {
    return verdict("ready", "completed");
  }
  // Until compose is done, this may be what the last deployment left and is about to be replaced;
  // and a container that the engine restarts is seen ended between two lives. One that cannot be
  // inspected at this look may be either.
  if (!final || details === undefined || details.restarts) {
    return verdict("pending", `ended with exit code ${container.exitCode}`);
  }
  const migration = service.oneShot && service.name === MIGRATION_SERVICE;
  return verdict(
    "failed",
    `ended with exit code ${container.exitCode}`,
    migration ? "MigrationFailed" : "NotReady",
  );
}
