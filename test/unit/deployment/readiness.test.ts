import { describe, expect, it } from "vitest";
import { ReadinessJudge } from "../../../src/deployment/readiness.ts";
import { container, judgeAll, judgeOnce, LASTING, type Look } from "./looks.ts";

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
    const failure = state === "failed" ? { failure: "NotReady" } : {};
    const due = reason === "just started" ? { readyInMs: 3_000 } : {};
    expect(judgeOnce(LASTING, look)).toEqual({ service: "api", state, reason, ...failure, ...due });
  });

  it("that has ended may still be replaced while compose is at work", () => {
    const look = { state: "exited", exitCode: 1, restarts: false };
    expect(judgeOnce(LASTING, look, false)).toMatchObject({ state: "pending" });
  });

  it.each<[string, Look, boolean, string, string]>([
    ["is done", { state: "exited" }, true, "ready", "completed"],
    ["may be from before", { state: "exited" }, false, "pending", "ended with exit code 0"],
    ["failed", { state: "exited", exitCode: 2 }, true, "failed", "ended with exit code 2"],
    ["is at work", { state: "running" }, true, "pending", "just started"],
  ])("whose work has an end %s: %j", (_, look, final, state, reason) => {
    const ending = { ...look, restarts: false, mayEnd: true };
    expect(judgeOnce(LASTING, ending, final)).toMatchObject({ state, reason });
  });

  it("that is to last is not done when it ends", () => {
    const ended = { state: "exited", restarts: false, mayEnd: false };
    expect(judgeOnce(LASTING, ended)).toMatchObject({ state: "failed", failure: "NotReady" });
  });

  it("has no container at first", () => {
    const judge = new ReadinessJudge();
    expect(judge.judge([LASTING], [container("other", { state: "running" })], 0, true)).toEqual([
      { service: "api", state: "pending", reason: "not created yet" },
    ]);
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
