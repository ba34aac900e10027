import { describe, expect, it } from "vitest";
import { type ExpectedService, ReadinessJudge } from "../../../../src/deployment/readiness.ts";
import { container, judgeOnce, LASTING, type Look, ONE_SHOT } from "../looks.ts";

describe("a service that ran before", () => {
  const seen = (look: Look) => [container("api", look)];

  it("and was not touched is up at once", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running" };
    judge.note(seen(look));
    const [verdict] = judge.judge([LASTING], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "ready", reason: "running" });
  });

  it("and had been restarted has to run unbroken anew", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running", restartCount: 3 };
    judge.note(seen(look));
    const [verdict] = judge.judge([LASTING], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "pending" });
  });

  it("and was started anew has to run unbroken anew", () => {
    const judge = new ReadinessJudge();
    judge.note(seen({ state: "running" }));
    const look = { state: "running", startedAt: "second start" };
    const [verdict] = judge.judge([LASTING], seen(look), 0, true);
    expect(verdict).toMatchObject({ state: "pending", reason: "just started" });
  });

  it("is told to be up after what is left of its time, and is up then", () => {
    const judge = new ReadinessJudge();
    const look = { state: "running" };
    const at = (nowMs: number) => judge.judge([LASTING], seen(look), nowMs, true)[0];
    at(1_000);
    const pending = at(2_200);
    expect(pending?.readyInMs).toBe(1_800);
    expect(at(2_200 + (pending?.readyInMs ?? 0))).toMatchObject({ state: "ready" });
  });
});

describe("a service that answers at a published port", () => {
  const running: Look = { state: "running" };

  /** Judges a service that answered during its first run and looks so afterwards. */
  function judgeAnswered(service: ExpectedService, before: Look, after: Look) {
    const judge = new ReadinessJudge();
    const at = (look: Look, nowMs: number) =>
      judge.judge([service], [container(service.name, look)], nowMs, true)[0];
    at(before, 0);
    judge.noteAnswer(container(service.name, before), 8080);
    return at(after, 200);
  }

  it("is ready long before the three seconds are over", () => {
    const verdict = judgeAnswered(LASTING, running, running);
    expect(verdict).toEqual({ service: "api", state: "ready", reason: "answers on port 8080" });
  });

  it.each<[string, Look, string]>([
    ["was started anew", { ...running, startedAt: "later", restartCount: 1 }, "just started"],
    ["was replaced", { ...running, id: "new" }, "just started"],
    ["ended", { state: "exited", exitCode: 3 }, "ended with exit code 3"],
    ["is being restarted", { state: "restarting", exitCode: 3 }, "restarting after exit code 3"],
    ["is paused", { state: "paused" }, "paused"],
    ["turned out to have a health check", { ...running, health: "starting" }, "not healthy yet"],
  ])("is not ready by an old answer once it %s", (_, after, reason) => {
    expect(judgeAnswered(LASTING, running, after)).toMatchObject({ state: "pending", reason });
  });

  it("has to run for three seconds once it was restarted, whatever it answers", () => {
    const restarted = { ...running, restartCount: 1 };
    expect(judgeAnswered(LASTING, restarted, restarted)).toMatchObject({ state: "pending" });
  });

  it("has crashed again and again although it answers in between", () => {
    const judge = new ReadinessJudge();
    const verdicts = [1, 2, 3, 4, 5, 6].flatMap((restartCount) => {
      const now = container("api", { ...running, startedAt: `${restartCount}`, restartCount });
      const at = (nowMs: number) => judge.judge([LASTING], [now], nowMs, true)[0]?.state;
      const before = at(restartCount * 100);
      judge.noteAnswer(now, 8080);
      return [before, at(restartCount * 100 + 50)];
    });
    expect(verdicts.slice(0, 10)).toEqual(Array(10).fill("pending"));
    expect(verdicts.slice(10)).toEqual(["failed", "failed"]);
  });

  it("is still at work when it is a one-shot", () => {
    expect(judgeAnswered(ONE_SHOT, running, running)).toMatchObject({ reason: "still at work" });
  });

  it("is not noted before anybody has seen it run", () => {
    const judge = new ReadinessJudge();
    judge.noteAnswer(container("api", running), 8080);
    const [verdict] = judge.judge([LASTING], [container("api", running)], 0, true);
    expect(verdict).toMatchObject({ state: "pending" });
  });
});

describe("a service that crashes again and again", () => {
  const crashing = (lastExitCode: number | undefined) => {
    const judge = new ReadinessJudge();
    return [0, 1, 5].map((restartCount) => {
      const look = { state: "running", restartCount, startedAt: `${restartCount}` };
      const now = { ...container("api", look), lastExitCode };
      return judge.judge([LASTING], [now], restartCount * 100, true)[0]?.reason;
    });
  };

  it("is told with the exit code of its last run that ended", () => {
    expect(crashing(137).slice(1)).toEqual([
      "restarted after exit code 137",
      "crashes again and again (5 restarts, the last after exit code 137)",
    ]);
  });

  it("is told without an exit code that nobody knows, and never with that of the present run", () => {
    expect(crashing(undefined).slice(1)).toEqual([
      "just started",
      "crashes again and again (5 restarts)",
    ]);
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

  it.each([
    ["lago-migrate", "migrate" as const, "MigrationFailed"],
    ["migrate", "worker" as const, "NotReady"],
  ])("%s with the role %s fails as %s", (name, role, failure) => {
    const look = { state: "exited", exitCode: 3, restarts: false };
    expect(judgeOnce({ ...ONE_SHOT, name, role }, look)).toMatchObject({ failure });
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
    expect(judge.judge([LASTING], containers, 0, true)).toMatchObject([{ state }]);
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
    const verdicts = judge.judge([ONE_SHOT, LASTING], containers, 0, true);
    expect(verdicts.map(({ service, state }) => [service, state])).toEqual([
      ["migrate", "ready"],
      ["api", "ready"],
    ]);
  });
});
