import { describe, expect, it } from "vitest";
import { deploy } from "../../../../src/deployment/deploy.ts";
import { eventually, isAlive } from "../../../../testing/processes.ts";
import { psLine } from "../../../../testing/scripted-docker/answers.ts";
import { DONE, failureOf, HEALTHY, STARTING, scenario, useScenarios, verbs } from "../scenarios.ts";

useScenarios();

describe("the deadline", { concurrent: true }, () => {
  // It counts from before the checks, which a busy machine takes over a second for.
  const soon = { startTimeoutSeconds: 6 };

  it.each([
    ["when compose is done", {}],
    ["while compose waits", { hang: true }],
  ])("names the service that is not ready, %s", async (_, up) => {
    const script = {
      ...HEALTHY,
      ps: [{}, { stdout: psLine("db") + DONE + psLine("api", { Health: "unhealthy" }) }],
      up,
      logs: { stdout: "api-1  | still waiting\n" },
    };
    const { error, docker } = await failureOf(script, soon);
    expect(error).toMatchObject({ kind: "DeadlineExceeded", service: "api" });
    expect(error.message).toMatch(/^Service api .* was not ready within 6 s: unhealthy/);
    expect(error.message).toContain("still waiting");
    expect(isAlive(docker.call("up").pid)).toBe(false);
  });

  it("names what was never created when nothing else is to blame", async () => {
    const script = { ...HEALTHY, ps: [{}, { stdout: psLine("api") + DONE }] };
    const { error } = await failureOf(script, soon);
    expect(error).toMatchObject({ kind: "DeadlineExceeded", service: "db" });
    expect(error.message).toContain("not created yet");
  });

  it("blames a service that is not well before one that never came, and names both", async () => {
    const script = { ...HEALTHY, ps: [{}, { stdout: DONE + STARTING }] };
    const { error } = await failureOf(script, soon);
    expect(error).toMatchObject({ kind: "DeadlineExceeded", service: "api" });
    expect(error.message).toContain("Also not ready: db (not created yet).");
  });
});

describe("a failure that docker itself tells", { concurrent: true }, () => {
  it.each([
    ["PortTaken", "Bind for 127.0.0.1:3000 failed: port is already allocated"],
    ["ImageNotFound", "Error response from daemon: No such image: getlago/api:v1.50.0"],
    ["DaemonUnreachable", "Cannot connect to the Docker daemon"],
  ])("stays what it is: %s", async (kind, stderr) => {
    const { error } = await failureOf({ ...HEALTHY, ps: [{}], up: { exitCode: 1, stderr } });
    expect(error).toMatchObject({ kind, exitCode: 1 });
    expect(error.message).toContain(stderr);
  });

  it("at the pull keeps compose from starting anything", async () => {
    const stderr = "Error response from daemon: manifest unknown";
    const { error, docker } = await failureOf({ ...HEALTHY, pull: { exitCode: 18, stderr } });
    expect(error).toMatchObject({ kind: "ImageNotFound" });
    expect(verbs(docker)).not.toContain("up");
  });
});

describe("a cancel", { concurrent: true }, () => {
  it("ends compose and is told as such", async () => {
    const canceler = new AbortController();
    const script = { ...HEALTHY, ps: [{}, { stdout: STARTING }], up: { hang: true } };
    const { docker, deployment } = scenario(script, { signal: canceler.signal });
    const failing = deploy(deployment).catch((error: unknown) => error);
    await eventually("up is called", () => docker.calls("up").length === 1, 15_000);
    canceler.abort();
    expect(await failing).toMatchObject({ kind: "Canceled" });
    expect(isAlive(docker.call("up").pid)).toBe(false);
    expect(verbs(docker)).not.toContain("logs");
  });
});
