import type { InspectedContainer } from "../docker/container-details.ts";
import type { ProgressListener } from "../progress.ts";
import { AnswerWatch } from "./answer-watch.ts";
import type { ContainerWatch } from "./container-watch.ts";
import { deployStatusOf } from "./inspected-status.ts";
import type { StatusPollListener } from "./options.ts";
import type { ExpectedService, Readiness, ReadinessJudge } from "./readiness.ts";
import type { DeployStatus } from "./status.ts";

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
  /** Looks at the containers. */
  readonly watch: Pick<ContainerWatch, "look" | "next" | "touch">;
  readonly expected: readonly ExpectedService[];
  /** Whether the engine runs on this machine, so that the ports that it publishes can be asked. */
  readonly isLocal: boolean;
  /** End of the wait, by `performance.now()`. */
  readonly deadlineMs: number;
  /** Whether compose is done, so that an ended container stays ended. */
  readonly isFinal: () => boolean;
  /** Ends the wait early, with the outcome `stopped`. */
  readonly signal: AbortSignal;
  readonly onProgress?: ProgressListener | undefined;
  readonly onStatusPoll?: StatusPollListener | undefined;
  readonly judge: ReadinessJudge;
}

/**
 * Observes the services until all are ready, one has failed for good, or the deadline passes. Looks
 * when a container changes, when one begins to answer at a port, and when a service is due.
 */
export async function waitUntilReady(options: WaitOptions): Promise<WaitResult> {
  const { watch, judge } = options;
  const answers = new AnswerWatch((container, port) => {
    judge.noteAnswer(container, port);
    // The look that follows shows whether the container that answered still runs.
    watch.touch(container.id);
  });
  try {
    return await observe(options, answers);
  } finally {
    answers.close();
  }
}

async function observe(options: WaitOptions, answers: AnswerWatch): Promise<WaitResult> {
  const { watch, expected, judge, signal } = options;
  const startedMs = performance.now();
  const announced = new Set<string>();
  for (;;) {
    // Before the observation: a container that compose ends after it must not be judged as ended
    // for good.
    const final = options.isFinal();
    const inspected = await watch.look();
    const nowMs = performance.now();
    const services = judge.judge(expected, inspected, nowMs, final);
    const status = deployStatusOf(inspected);
    options.onStatusPoll?.({ services, containers: status.containers });
    announce(services, announced, nowMs - startedMs, options.onProgress);

    if (services.some(({ state }) => state === "failed")) {
      return { outcome: "failed", services, status, inspected };
    }
    if (final && services.every(({ state }) => state === "ready")) {
      return { outcome: "ready", services, status, inspected };
    }
    if (signal.aborted) {
      return { outcome: "stopped", services, status, inspected };
    }
    if (nowMs >= options.deadlineMs) {
      return { outcome: "deadline", services, status, inspected };
    }
    if (options.isLocal) {
      answers.ask(awaited(services, inspected));
    }
    const due = services.map(({ readyInMs = Infinity }) => readyInMs);
    await watch.next(Math.min(options.deadlineMs - nowMs, ...due), signal);
  }
}

/** Containers whose answer would make them ready. */
function awaited(
  services: readonly Readiness[],
  inspected: readonly InspectedContainer[],
): InspectedContainer[] {
  const open = services.filter(({ readyInMs }) => readyInMs !== undefined);
  const names = new Set(open.map(({ service }) => service));
  return inspected.filter(
    ({ service, state, health, restartCount }) =>
      names.has(service) && state === "running" && health === "" && restartCount === 0,
  );
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
