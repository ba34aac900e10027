/** Looks at containers, for the tests of the health gate. */

import { type ExpectedService, ReadinessJudge } from "../../../src/deployment/readiness.ts";
import type { InspectedContainer } from "../../../src/docker/container-details.ts";
import type { PublishedPort } from "../../../src/docker/ps-container.ts";

/** A service that is to stay up. */
export const LASTING: ExpectedService = { name: "api", oneShot: false, hasHealthCheck: false };
/** A service that is to run once. */
export const ONE_SHOT: ExpectedService = { name: "migrate", oneShot: true, hasHealthCheck: false };

/** What there is to see of one container at one look. */
export interface Look {
  readonly state: string;
  readonly id?: string;
  readonly health?: string;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly restartCount?: number;
  /** Whether the engine starts it again. Defaults to true, as for Lago's lasting services. */
  readonly restarts?: boolean;
  readonly ports?: readonly PublishedPort[];
  /** Whether an end with exit code 0 is the end of its work. Defaults to what nobody knows. */
  readonly mayEnd?: boolean;
}

/** The container of a service as the engine inspects it. */
export function container(service: string, look: Look): InspectedContainer {
  return {
    service,
    name: `${service}-1`,
    id: look.id ?? `${service}-id`,
    state: look.state,
    health: look.health ?? "",
    exitCode: look.state === "restarting" ? 0 : (look.exitCode ?? 0),
    lastExitCode: look.exitCode ?? (look.state === "exited" ? 0 : undefined),
    image: "",
    labels: { "com.docker.compose.config-hash": "0a", "com.docker.compose.service": service },
    ports: look.ports ?? [],
    startedAt: look.startedAt ?? "first start",
    restartCount: look.restartCount ?? 0,
    restarts: look.restarts ?? service !== ONE_SHOT.name,
    imageId: "",
    healthOutput: "",
    ...(look.mayEnd === undefined ? {} : { mayEnd: look.mayEnd }),
  };
}

/** Judges one service at several looks, given by their time in milliseconds. */
export function judgeAll(
  service: ExpectedService,
  looks: [atMs: number, look: Look][],
  final = true,
) {
  const judge = new ReadinessJudge();
  return looks.map(([nowMs, look]) => {
    const { name } = service;
    return judge.judge([service], [container(name, look)], nowMs, final)[0];
  });
}

/** Judges one service at a single look. */
export function judgeOnce(service: ExpectedService, look: Look, final = true) {
  return judgeAll(service, [[0, look]], final)[0];
}
