/** Looks at containers, for the tests of the health gate. */

import { type ExpectedService, ReadinessJudge } from "../../../src/deployment/readiness.ts";
import type { ContainerStatus } from "../../../src/deployment/status.ts";
import { serviceStatusOf } from "../../../src/deployment/status.ts";
import type { InspectedContainer } from "../../../src/docker/inspect.ts";

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
  /** Whether inspecting it fails, as it does when compose is just replacing it. */
  readonly vanished?: boolean;
}

/** The container of a service as `ps` lists it. */
export function container(service: string, look: Look): ContainerStatus {
  return {
    service,
    name: `${service}-1`,
    id: look.id ?? `${service}-id`,
    state: look.state,
    status: serviceStatusOf(look.state),
    health: look.health ?? "",
    exitCode: look.exitCode ?? 0,
    image: "",
    ports: [],
    standIn: false,
  };
}

/** What inspecting it tells beside. */
export function inspected(service: string, look: Look): InspectedContainer[] {
  if (look.vanished) {
    return [];
  }
  return [
    {
      ...container(service, look),
      labels: {},
      lastExitCode: look.exitCode ?? 0,
      startedAt: look.startedAt ?? "first start",
      restartCount: look.restartCount ?? 0,
      restarts: look.restarts ?? service !== ONE_SHOT.name,
      imageId: "",
      healthOutput: "",
    },
  ];
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
    const containers = [container(name, look)];
    return judge.judge([service], containers, inspected(name, look), nowMs, final)[0];
  });
}

/** Judges one service at a single look. */
export function judgeOnce(service: ExpectedService, look: Look, final = true) {
  return judgeAll(service, [[0, look]], final)[0];
}
