import { setTimeout as delay } from "node:timers/promises";
import type { InspectedContainer } from "../docker/inspect.ts";
import type { ProgressListener } from "../progress.ts";
import type { StatusPollListener } from "./options.ts";
import type { ComposeProject } from "./project.ts";
import type { ExpectedService, Readiness, ReadinessJudge } from "./readiness.ts";
import type { DeployStatus } from "./status.ts";

const POLL_INTERVAL_MS = 500;

/** Result of a wait. */
export interface WaitResult {
  readonly outcome: "ready" | "failed" | "deadline" | "stopped";
  /** Readiness of each expected service at the last observation. */
  readonly services: readonly Readiness[];
  readonly status: DeployStatus;
  /** Details of the containers at that observation. */
  readonly inspected: readonly InspectedContainer[];
}

/** Input of a wait. */
export interface WaitOptions {
  readonly project: ComposeProject;
  readonly expected: readonly ExpectedService[];
  /** End of the wait, by `performance.now()`. */
  readonly deadlineMs: number;
  /** Whether compose is done, so that an ended container stays ended. */
  readonly isFinal: () => boolean;
  /** Ends the wait early, with the outcome `stopped`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly onStatusPoll?: StatusPollListener | undefined;
  readonly judge: ReadinessJudge;
}

/** Observes the services until all are ready, one has failed for good, or the deadline passes. */
export async function waitUntilReady(options: WaitOptions): Promise<WaitResult> {
  const startedMs = performance.now();
  const announced = new Set<string>();
  for (;;) {
    // Before the observation: a container that compose ends after it must not be judged as ended
    // for good.
    const final = options.isFinal();
    const status = await options.project.status();
    const inspected = await options.project.inspect(status.containers.map(({ id }) => id));
    const nowMs = performance.now();
    const { expected, judge } = options;
    const services = judge.judge(expected, status.containers, inspected, nowMs, final);
    options.onStatusPoll?.({ services, containers: status.containers });
    announce(services, announced, nowMs - startedMs, options.onProgress);

    if (services.some(({ state }) => state === "failed")) {
      return { outcome: "failed", services, status, inspected };
    }
    if (final && services.every(({ state }) => state === "ready")) {
      return { outcome: "ready", services, status, inspected };
    }
    if (options.signal?.aborted) {
      return { outcome: "stopped", services, status, inspected };
    }
    if (nowMs >= options.deadlineMs) {
      return { outcome: "deadline", services, status, inspected };
    }
    await delay(nextLookMs(services));
  }
}

/**
 * Interval until the next observation: the usual one, or less where a service may be ready sooner.
 */
function nextLookMs(services: readonly Readiness[]): number {
  const due = services.map(({ readyInMs = POLL_INTERVAL_MS }) => readyInMs);
  return Math.ceil(Math.min(POLL_INTERVAL_MS, ...due));
}

function announce(
  services: readonly Readiness[],
  announced: Set<string>,
  elapsedMs: number,
  onProgress: ProgressListener | undefined,
): void {
  for (const { service, state, reason } of services) {
    if (state === "ready" && !announced.has(service)) {
      announced.add(service);
      const seconds = (elapsedMs / 1000).toFixed(1);
      onProgress?.({ service, message: `${service}: ${reason} after ${seconds} s` });
    }
    // A service that fell back is reported again when it is ready again.
    if (state !== "ready") {
      announced.delete(service);
    }
  }
}
