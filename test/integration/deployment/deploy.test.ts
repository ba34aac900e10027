import { describe, expect, it } from "vitest";
import { deploy } from "../../../src/deployment/deploy.ts";
import type { Progress } from "../../../src/progress.ts";
import { isAlive } from "../../../testing/processes.ts";
import { inspectAnswer, psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { SECRETS, secretsIn } from "../../support/sample.ts";
import {
  ALL_UP,
  DONE,
  failureOf,
  HEALTHY,
  STARTING,
  scenario,
  useScenarios,
  verbs,
} from "./scenarios.ts";

useScenarios();

describe("a deployment that comes up", { concurrent: true }, () => {
  it("is done when every service is ready, not when compose is", async () => {
    const steps: Progress[] = [];
    const onProgress = (step: Progress) => steps.push(step);
    const { docker, deployment, projectName } = scenario(HEALTHY, { onProgress });
    const status = await deploy(deployment);
    expect(status.running).toBe(true);
    expect(status.services).toEqual([
      ["api", "Running"],
      ["db", "Running"],
      ["migrate", "Completed"],
    ]);
    expect(docker.calls("ps").length).toBeGreaterThanOrEqual(4);

    const order = verbs(docker).filter((verb) => ["config", "pull", "up"].includes(verb));
    expect(order).toEqual(["config", "pull", "up"]);
    expect(verbs(docker)).toContain("version");
    expect(docker.call("pull").args.slice(-2)).toEqual(["--policy", "missing"]);

    const ready = steps.filter(({ service }) => service !== undefined);
    expect(ready.map(({ message }) => message.replace(/ after [\d.]+ s$/, ""))).toEqual([
      "db: healthy",
      "migrate: completed",
      "api: healthy",
    ]);
    expect(ready.map(({ service }) => service)).toEqual(["db", "migrate", "api"]);
    const [first] = steps.filter(({ message }) => !message.startsWith("warning: "));
    expect(first?.message).toContain(projectName);
    expect(secretsIn(JSON.stringify(steps))).toEqual([]);
  });

  it("waits for compose although all that was there before is well", async () => {
    const script = { ...HEALTHY, ps: { stdout: ALL_UP }, up: { delayMs: 700 } };
    const { docker, deployment } = scenario(script);
    await deploy(deployment);
    // One look before the start, and at least two while compose was at work.
    expect(docker.calls("ps").length).toBeGreaterThanOrEqual(3);
  });
});

describe("what compose would not start anew", { concurrent: true }, () => {
  it.each([
    ["unhealthy", psLine("api", { Health: "unhealthy" })],
    ["paused", psLine("api", { State: "paused", Health: "" })],
  ])("is stopped before: a service that is %s", async (_, api) => {
    const steps: string[] = [];
    const { docker, deployment } = scenario(
      { ...HEALTHY, ps: [{ stdout: psLine("db") + DONE + api }, { stdout: ALL_UP }] },
      { onProgress: ({ message }) => steps.push(message) },
    );
    await deploy(deployment);
    const order = verbs(docker).filter((verb) => ["stop", "up"].includes(verb));
    expect(order).toEqual(["stop", "up"]);
    expect(docker.call("stop").args.slice(-2)).toEqual(["--", "api"]);
    expect(steps).toContainEqual(expect.stringMatching(/unhealthy or paused, .* anew: api$/));
  });

  it.each([
    ["running", ALL_UP],
    ["starting", psLine("db") + DONE + STARTING],
    ["ended", psLine("db") + DONE + psLine("api", { State: "exited", Health: "" })],
    ["of somebody else", ALL_UP + psLine("traefik", { State: "paused" })],
  ])("is no service that is %s", async (_, before) => {
    const ps = [{ stdout: before }, { stdout: ALL_UP }];
    const { docker, deployment } = scenario({ ...HEALTHY, ps });
    await deploy(deployment);
    expect(verbs(docker)).not.toContain("stop");
  });
});

describe("a one-shot that fails", { concurrent: true }, () => {
  const log = `migrate-1  | could not connect with ${SECRETS.password}\nmigrate-1  | giving up\n`;
  const failed = psLine("db") + psLine("migrate", { State: "exited", Health: "", ExitCode: 3 });
  const script: Script = {
    ...HEALTHY,
    ps: [{}, { stdout: failed + psLine("api", { State: "created", Health: "" }) }],
    up: { exitCode: 1, stderr: `service "migrate" didn't complete successfully: exit 3\n` },
    logs: { stdout: log },
  };

  it("is named, with its exit code and its last log lines, and no secret", async () => {
    const { error, docker, projectName } = await failureOf(script);
    expect(error).toMatchObject({ kind: "MigrationFailed", service: "migrate" });
    expect(error.message).toContain(
      `Service migrate of project ${projectName} failed: ended with exit code 3`,
    );
    expect(error.message).toContain("could not connect with [secret]\nmigrate-1  | giving up");
    expect(secretsIn(error.message)).toEqual([]);
    expect(docker.call("logs").args.slice(-3)).toEqual(["--tail=20", "--", "migrate"]);
  });

  it("is told although its logs cannot be had", async () => {
    const { error } = await failureOf({ ...script, logs: { exitCode: 1, stderr: "no logs" } });
    expect(error).toMatchObject({ kind: "MigrationFailed", service: "migrate" });
  });

  it("is not forgotten when compose succeeds, and everything is left as it is", async () => {
    const { error, docker } = await failureOf({ ...script, up: {} });
    expect(error).toMatchObject({ kind: "MigrationFailed", service: "migrate" });
    expect(error.message).toContain("left as it is");
    expect(verbs(docker)).not.toContain("down");
  });
});

describe("a service that crashes again and again", { concurrent: true }, () => {
  it("is told long before the deadline, and compose is ended", async () => {
    const looks = Array.from({ length: 7 }, (_, restartCount) => ({
      stdout: inspectAnswer({ service: "api", restartCount, policy: "unless-stopped" }),
    }));
    const { error, docker } = await failureOf({
      ...HEALTHY,
      ps: [{}, { stdout: STARTING }],
      "container inspect": looks,
      up: { hang: true },
      logs: { stdout: "api-1  | Private key is blank\n" },
    });
    expect(error).toMatchObject({ kind: "CrashLoop", service: "api" });
    expect(error.message).toContain("crashes again and again (5 restarts)");
    expect(error.message).toContain("Private key is blank");
    expect(isAlive(docker.call("up").pid)).toBe(false);
  });
});
