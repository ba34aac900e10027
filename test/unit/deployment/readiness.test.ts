import { describe, expect, it } from "vitest";
import type { InspectedContainer } from "../../../src/compose/inspect.ts";
import { type ExpectedService, ReadinessJudge } from "../../../src/deployment/readiness.ts";
import type { ContainerStatus } from "../../../src/deployment/status.ts";
import { serviceStatusOf } from "../../../src/deployment/status.ts";

const LASTING: ExpectedService = { name: "api", oneShot: false, hasHealthCheck: false };
const ONE_SHOT: ExpectedService = { name: "migrate", oneShot: true, hasHealthCheck: false };

/** What there is to see of one container at one look. */
interface Look {
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

function container(service: string, look: Look): ContainerStatus {
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

function inspected(service: string, look: Look): InspectedContainer[] {
  if (look.vanished) {
    return [];
  }
  return [
    {
      id: look.id ?? `${service}-id`,
      startedAt: look.startedAt ?? "first start",
      restartCount: look.restartCount ?? 0,
      restarts: look.restarts ?? service !== ONE_SHOT.name,
    },
  ];
}

/** Judges one service at several looks, given by their time in milliseconds. */
function judgeAll(service: ExpectedService, looks: [atMs: number, look: Look][], final = true) {
  const judge = new ReadinessJudge();
  return looks.map(([nowMs, look]) => {
    const { name } = service;
    const containers = [container(name, look)];
    return judge.judge([service], containers, inspected(name, look), nowMs, final)[0];
  });
}

function judgeOnce(service: ExpectedService, look: Look, final = true) {
  return judgeAll(service, [[0, look]], final)[0];
}

describe("a lasting service", () => {
  it.each<[string, Look, string, string]>([
    ["is healthy", { state: "running", health: "healthy" }, "ready", "healthy"],
    ["is starting", { state: "running", health: "starting" }, "pending", "not healthy yet"],
    ["is unhealthy", { state: "running", health: "unhealthy" }, "pending", "unhealthy"],
    ["has just started", { state: "running" }, "pending", "just started"],
    ["was only created", { state: "created" }, "pending", "created"],
    ["is paused", { state: "paused" }, "pending", "paused"],
    ["is in no known state", { state: "" }, "pending", "starting"],
    [
      "is between two lives",
      { state: "restarting", exitCode: 7 },
      "pending",
      "restarting after exit code 7",
    ],
    [
      "has ended and is started again",
      { state: "exited", exitCode: 1 },
      "pending",
      "ended with exit code 1",
    ],
    [
      "has ended for good",
      { state: "exited", exitCode: 1, restarts: false },
      "failed",
      "ended with exit code 1",
    ],
    [
      "has ended well for good",
      { state: "exited", restarts: false },
      "failed",
      "ended with exit code 0",
    ],
    [
      "is dead",
      { state: "dead", exitCode: 137, restarts: false },
      "failed",
      "ended with exit code 137",
    ],
  ])("that %s: %j is %s, %s", (_, look, state, reason) => {
    expect(judgeOnce(LASTING, look)).toEqual({ service: "api", state, reason });
  });

  it("that has ended may still be replaced while compose is at work", () => {
    const look = { state: "exited", exitCode: 1, restarts: false };
    expect(judgeOnce(LASTING, look, false)).toMatchObject({ state: "pending" });
  });

  it("that has ended but cannot be inspected just now has not failed for good", () => {
    const look = { state: "exited", exitCode: 1, vanished: true };
    expect(judgeOnce(LASTING, look)).toMatchObject({ state: "pending" });
  });

  it("has no container at first", () => {
    const judge = new ReadinessJudge();
    expect(judge.judge([LASTING], [container("other", { state: "running" })], [], 0, true)).toEqual(
      [{ service: "api", state: "pending", reason: "not created yet" }],
    );
  });

  it("without a health check is up when it has run unbroken for a while", () => {
    const look = { state: "running" };
    const verdicts = judgeAll(LASTING, [
      [1_000, look],
      [3_900, look],
      [4_000, look],
    ]);
    expect(verdicts.map((verdict) => verdict?.state)).toEqual(["pending", "pending", "ready"]);
  });

  it("that the engine restarts has to run unbroken anew", () => {
    const verdicts = judgeAll(LASTING, [
      [0, { state: "running" }],
      [2_900, { state: "running", startedAt: "second start", restartCount: 1 }],
      [3_100, { state: "running", startedAt: "second start", restartCount: 1 }],
      [5_900, { state: "running", startedAt: "second start", restartCount: 1 }],
    ]);
    expect(verdicts.map((verdict) => verdict?.state)).toEqual([
      "pending",
      "pending",
      "pending",
      "ready",
    ]);
  });

  it("that is replaced has to run unbroken anew", () => {
    const verdicts = judgeAll(LASTING, [
      [0, { state: "running", id: "old" }],
      [3_500, { state: "running", id: "new" }],
      [6_500, { state: "running", id: "new" }],
    ]);
    expect(verdicts.map((verdict) => verdict?.state)).toEqual(["pending", "pending", "ready"]);
  });

  it("that crashes again and again has failed, although it runs at each look", () => {
    const verdicts = judgeAll(
      LASTING,
      Array.from({ length: 6 }, (_, n) => [
        n * 500,
        { state: "running", startedAt: `start ${n}`, restartCount: n },
      ]),
    );
    expect(verdicts.slice(0, 5).every((verdict) => verdict?.state === "pending")).toBe(true);
    expect(verdicts[5]).toMatchObject({
      state: "failed",
      reason: "crashes again and again (5 restarts)",
    });
  });

  it("is not blamed for restarts before anybody waited", () => {
    const verdicts = judgeAll(LASTING, [
      [0, { state: "running", restartCount: 40 }],
      [3_000, { state: "running", restartCount: 40 }],
    ]);
    expect(verdicts.map((verdict) => verdict?.state)).toEqual(["pending", "ready"]);
  });

  it("that crashes has failed although compose is still at work", () => {
    const looks: [number, Look][] = [
      [0, { state: "running" }],
      [500, { state: "restarting", restartCount: 5, startedAt: "later" }],
    ];
    expect(judgeAll(LASTING, looks, false)[1]).toMatchObject({ state: "failed" });
  });
});

describe("a service that ran before", () => {
  const seen = (look: Look) => inspected("api", look);

  it("and was not touched is up at once", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running" };
    judge.note(seen(look));
    const [verdict] = judge.judge([LASTING], [container("api", look)], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "ready", reason: "running" });
  });

  it("and had been restarted has to run unbroken anew", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running", restartCount: 3 };
    judge.note(seen(look));
    const [verdict] = judge.judge([LASTING], [container("api", look)], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "pending" });
  });

  it("and was started anew has to run unbroken anew", () => {
    const judge = new ReadinessJudge();
    judge.note(seen({ state: "running" }));
    const look = { state: "running", startedAt: "second start" };
    const [verdict] = judge.judge([LASTING], [container("api", look)], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "pending", reason: "just started" });
  });
});

describe("a one-shot", () => {
  it.each<[string, Look, string, string]>([
    ["is done", { state: "exited" }, "ready", "completed"],
    ["is at work", { state: "running" }, "pending", "still at work"],
    [
      "is at work with a health check",
      { state: "running", health: "healthy" },
      "pending",
      "still at work",
    ],
    ["has failed", { state: "exited", exitCode: 3 }, "failed", "ended with exit code 3"],
    [
      "is tried again",
      { state: "exited", exitCode: 3, restarts: true },
      "pending",
      "ended with exit code 3",
    ],
    ["waits for its turn", { state: "created" }, "pending", "created"],
  ])("that %s: %j is %s, %s", (_, look, state, reason) => {
    expect(judgeOnce(ONE_SHOT, look)).toEqual({ service: "migrate", state, reason });
  });

  it("that failed last time is about to be run again while compose is at work", () => {
    expect(judgeOnce(ONE_SHOT, { state: "exited", exitCode: 3 }, false)).toMatchObject({
      state: "pending",
    });
  });
});

describe("several containers", () => {
  it.each([
    [["healthy", "healthy"], "ready"],
    [["healthy", "starting"], "pending"],
    [["unhealthy", "healthy"], "pending"],
  ])("of one service with health %j are %s", (healths, state) => {
    const judge = new ReadinessJudge();
    const containers = healths.map((health, n) =>
      container("api", { state: "running", health, id: `${n}` }),
    );
    expect(judge.judge([LASTING], containers, [], 0, true)).toMatchObject([{ state }]);
  });

  it("of one service have failed when one has", () => {
    const judge = new ReadinessJudge();
    const looks = [
      { id: "1", state: "running", health: "starting" },
      { id: "2", state: "exited", exitCode: 1, restarts: false },
    ];
    const verdicts = judge.judge(
      [LASTING],
      looks.map((look) => container("api", look)),
      looks.flatMap((look) => inspected("api", look)),
      0,
      true,
    );
    expect(verdicts).toMatchObject([{ state: "failed", reason: "ended with exit code 1" }]);
  });

  it("are judged service by service, in the order expected", () => {
    const judge = new ReadinessJudge();
    const containers = [
      container("api", { state: "running", health: "healthy" }),
      container("migrate", { state: "exited" }),
    ];
    const verdicts = judge.judge([ONE_SHOT, LASTING], containers, [], 0, true);
    expect(verdicts.map(({ service, state }) => [service, state])).toEqual([
      ["migrate", "ready"],
      ["api", "ready"],
    ]);
  });
});
