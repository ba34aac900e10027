import { describe, expect, it } from "vitest";
import { ReadinessJudge } from "../../../../src/deployment/readiness.ts";
import { container, inspected, judgeOnce, LASTING, type Look, ONE_SHOT } from "../looks.ts";

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

  it("is told to be up after what is left of its time, and is up then", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running" };
    const at = (nowMs: number) =>
      judge.judge([LASTING], [container("api", look)], seen(look), nowMs, true)[0];
    at(1_000);
    const pending = at(2_200);
    expect(pending?.readyInMs).toBe(1_800);
    expect(at(2_200 + (pending?.readyInMs ?? 0))).toMatchObject({ state: "ready" });
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
    const failure = state === "failed" ? { failure: "MigrationFailed" } : {};
    expect(judgeOnce(ONE_SHOT, look)).toEqual({ service: "migrate", state, reason, ...failure });
  });

  it("other than the migration that has failed is told by its exit code", () => {
    const look = { state: "exited", exitCode: 3, restarts: false };
    expect(judgeOnce({ ...ONE_SHOT, name: "rsa-keys" }, look)).toMatchObject({
      failure: "NotReady",
      reason: "ended with exit code 3",
    });
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
