import type { InspectedContainer } from "../docker/container-details.ts";
import type { Role } from "../lago/catalogue/types.ts";

/** A service that is expected to be up, or to have run. */
export interface ExpectedService {
  readonly name: string;
  readonly oneShot: boolean;
  readonly hasHealthCheck: boolean;
  /** Role in Lago, where the compose files tell it. */
  readonly role?: Role | undefined;
}

/** Progress of a service towards readiness. */
export interface Readiness {
  readonly service: string;
  readonly state: "ready" | "pending" | "failed";
  /** Reason for a person, such as "healthy" or "ended with exit code 1". */
  readonly reason: string;
  /** Kind of the failure, for a failed service. */
  readonly failure?: ServiceFailure;
  /**
   * Milliseconds until a pending service is ready if nothing happens to it. Absent where this is
   * unknown.
   */
  readonly readyInMs?: number;
}

/** Kinds of failure of a service's containers. */
export type ServiceFailure = "CrashLoop" | "MigrationFailed" | "NotReady";

/** The one-shot in Lago's files that migrates the database to the release's schema. */
const MIGRATION_SERVICE = "migrate";

type Verdict = (state: Readiness["state"], reason: string, failure?: ServiceFailure) => Readiness;

/**
 * Time that a service without a health check has to run without interruption to be ready, unless it
 * answers at a published port before.
 */
const STABLE_MS = 3_000;

/** Number of restarts during a wait that makes a crash loop. */
const CRASH_LOOP_RESTARTS = 5;

/** Earlier observation of a container, to compare with. */
interface Sighting {
  readonly startedAt: string;
  readonly sinceMs: number;
  readonly firstRestartCount: number;
  /** Port of the host at which the container answers; absent as long as none does. */
  readonly port?: number;
}

/**
 * Judges services by repeated observations of their containers. Compose reports a container as
 * running even if it crashes every second. Comparing observations shows the crashes.
 */
export class ReadinessJudge {
  readonly #sightings = new Map<string, Sighting>();

  /**
   * Records the running containers before anything is done. A container that is unchanged later,
   * and never had to be restarted, is ready without a new wait.
   */
  note(inspected: readonly InspectedContainer[]): void {
    for (const { id, restartCount, startedAt } of inspected) {
      if (restartCount === 0) {
        this.#sightings.set(id, { startedAt, sinceMs: -Infinity, firstRestartCount: 0 });
      }
    }
  }

  /**
   * Records that a container answers at a port of the host. Counts for the run of the container that
   * was asked, and for no later one.
   */
  noteAnswer({ id, startedAt }: Pick<InspectedContainer, "id" | "startedAt">, port: number): void {
    const sighting = this.#sightings.get(id);
    if (sighting?.startedAt === startedAt) {
      this.#sightings.set(id, { ...sighting, port });
    }
  }

  /**
   * Judges one observation.
   *
   * @param inspected containers of the project's services
   * @param nowMs time of a monotonic clock, in milliseconds
   * @param final whether compose is done, so that an ended container stays ended
   */
  judge(
    expected: readonly ExpectedService[],
    inspected: readonly InspectedContainer[],
    nowMs: number,
    final: boolean,
  ): Readiness[] {
    return expected.map((service) => {
      const own = inspected.filter((container) => container.service === service.name);
      if (own.length === 0) {
        return { service: service.name, state: "pending", reason: "not created yet" };
      }
      const verdicts = own.map((container) => this.#judgeOne(service, container, nowMs, final));
      return (
        verdicts.find(({ state }) => state === "failed") ??
        verdicts.find(({ state }) => state === "pending") ??
        (verdicts[0] as Readiness)
      );
    });
  }

  #judgeOne(
    service: ExpectedService,
    container: InspectedContainer,
    nowMs: number,
    final: boolean,
  ): Readiness {
    const verdict: Verdict = (state, reason, failure) => ({
      service: service.name,
      state,
      reason,
      ...(failure === undefined ? {} : { failure }),
    });
    const sighting = this.#look(container, nowMs);
    const restarts = container.restartCount - sighting.firstRestartCount;
    if (restarts >= CRASH_LOOP_RESTARTS) {
      const last = afterExitCode(container);
      const reason = `crashes again and again (${restarts} restarts${last && `, the last${last}`})`;
      return verdict("failed", reason, "CrashLoop");
    }
    switch (container.state) {
      case "exited":
      case "dead":
        return ended(service, container, final, verdict);
      case "restarting":
        return verdict("pending", `restarting${afterExitCode(container)}`);
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
    // A container that crashed once has to show that it stays up, whatever it answers.
    if (sighting.port !== undefined && container.restartCount === 0) {
      return verdict("ready", `answers on port ${sighting.port}`);
    }
    const readyInMs = sighting.sinceMs + STABLE_MS - nowMs;
    return readyInMs <= 0
      ? verdict("ready", "running")
      : { ...verdict("pending", justStarted(container)), readyInMs };
  }

  #look({ id, startedAt, restartCount }: InspectedContainer, nowMs: number): Sighting {
    const known = this.#sightings.get(id);
    if (known !== undefined && known.startedAt === startedAt) {
      return known;
    }
    const firstRestartCount = known?.firstRestartCount ?? restartCount;
    const sighting = { startedAt, sinceMs: nowMs, firstRestartCount };
    this.#sightings.set(id, sighting);
    return sighting;
  }
}

function justStarted(container: InspectedContainer): string {
  const last = container.restartCount === 0 ? "" : afterExitCode(container);
  return last === "" ? "just started" : `restarted${last}`;
}

/** Text on the exit code of the last run that ended; empty where the exit code is not known. */
function afterExitCode({ lastExitCode }: InspectedContainer): string {
  return lastExitCode === undefined ? "" : ` after exit code ${lastExitCode}`;
}

function ended(
  service: ExpectedService,
  container: InspectedContainer,
  final: boolean,
  verdict: Verdict,
): Readiness {
  if (container.exitCode === 0 && service.oneShot) {
    return verdict("ready", "completed");
  }
  const isDone = final && container.exitCode === 0 && container.mayEnd === true;
  if (isDone && container.state === "exited") {
    return verdict("ready", "completed");
  }
  // Until compose is done, this container may be from the last deployment and about to be replaced.
  // A container that the engine restarts looks ended between two runs.
  if (!final || container.restarts) {
    return verdict("pending", `ended with exit code ${container.exitCode}`);
  }
  const migration = service.oneShot && isMigration(service);
  return verdict(
    "failed",
    `ended with exit code ${container.exitCode}`,
    migration ? "MigrationFailed" : "NotReady",
  );
}

/** Without the compose files only the name in Lago's own tells it. */
function isMigration({ name, role }: ExpectedService): boolean {
  return role === undefined ? name === MIGRATION_SERVICE : role === "migrate";
}
