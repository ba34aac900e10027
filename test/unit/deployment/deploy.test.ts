import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions, Progress } from "../../../src/deployment/options.ts";
import { DeployError } from "../../../src/errors.ts";
import {
  createFakeHost,
  type FakeDocker,
  inspectAnswer,
  psLine,
  type Script,
  useHost,
} from "../../support/fake-docker.ts";
import { eventually, isAlive } from "../../support/processes.ts";
import { LAGO_PATH, SECRETS, SMALL, secretConfig, secretsIn } from "../../support/sample.ts";

const host = createFakeHost();

beforeAll(() => {
  useHost(host);
});

afterAll(() => {
  vi.unstubAllEnvs();
  host.dispose();
});

let projects = 0;

/** A deployment of its own for each test, since they wait at the same time. */
function scenario(script: Script, options: LagoDeploymentOptions = {}) {
  projects += 1;
  const projectName = `zbl-test-${projects}-lago`;
  // `docker container inspect` names no project, but ids that must belong to one.
  const own = JSON.parse(JSON.stringify(script).replaceAll("-id\\", `-${projectName}\\`)) as Script;
  const docker = host.docker(own, projectName);
  const deployment = new LagoDeployment(LAGO_PATH, { projectName, ...options }, secretConfig());
  return { docker, deployment, projectName };
}

/** Deploys, and returns the error that it must end with. */
async function failureOf(script: Script, options: LagoDeploymentOptions = {}) {
  const { docker, deployment, projectName } = scenario(script, options);
  try {
    await deploy(deployment);
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return { error, docker, projectName };
    }
    throw error;
  }
  throw new Error("the deployment is said to be up");
}

const DONE = psLine("migrate", { State: "exited", Health: "" });
const STARTING = psLine("api", { Health: "starting" });
const ALL_UP = psLine("api") + psLine("db") + DONE;
const INSPECTED = inspectAnswer(
  { service: "api", policy: "unless-stopped" },
  { service: "db", policy: "unless-stopped" },
  { service: "migrate" },
);

const HEALTHY: Script = {
  ...SMALL,
  // Nothing before, then what comes up, one look after the other.
  ps: [
    {},
    { stdout: psLine("db") },
    { stdout: psLine("db") + DONE + STARTING },
    { stdout: ALL_UP },
  ],
  "container inspect": { stdout: INSPECTED },
};

function verbs(docker: FakeDocker): string[] {
  return docker.calls().map(({ verb }) => verb);
}

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
      ["migrate", "Stopped"],
    ]);
    expect(docker.calls("ps").length).toBeGreaterThanOrEqual(4);

    const order = verbs(docker).filter((verb) =>
      ["version", "config", "pull", "up"].includes(verb),
    );
    expect(order).toEqual(["version", "config", "pull", "up"]);
    expect(docker.call("pull").args.slice(-2)).toEqual(["--policy", "missing"]);

    const ready = steps.filter(({ service }) => service !== undefined);
    expect(ready.map(({ message }) => message.replace(/ after [\d.]+ s$/, ""))).toEqual([
      "db: healthy",
      "migrate: completed",
      "api: healthy",
    ]);
    expect(ready.map(({ service }) => service)).toEqual(["db", "migrate", "api"]);
    expect(steps[0]?.message).toContain(projectName);
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
    expect(error).toMatchObject({ kind: "NotReady", service: "migrate" });
    expect(error.message).toContain(
      `Service migrate of project ${projectName} failed: ended with exit code 3`,
    );
    expect(error.message).toContain("could not connect with [secret]\nmigrate-1  | giving up");
    expect(secretsIn(error.message)).toEqual([]);
    expect(docker.call("logs").args.slice(-3)).toEqual(["--tail=20", "--", "migrate"]);
  });

  it("is told although its logs cannot be had", async () => {
    const { error } = await failureOf({ ...script, logs: { exitCode: 1, stderr: "no logs" } });
    expect(error).toMatchObject({ kind: "NotReady", service: "migrate" });
  });

  it("is not forgotten when compose succeeds, and everything is left as it is", async () => {
    const { error, docker } = await failureOf({ ...script, up: {} });
    expect(error).toMatchObject({ kind: "NotReady", service: "migrate" });
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
    expect(error).toMatchObject({ kind: "NotReady", service: "api" });
    expect(error.message).toContain("crashes again and again (5 restarts)");
    expect(error.message).toContain("Private key is blank");
    expect(isAlive(docker.call("up").pid)).toBe(false);
  });
});

describe("the deadline", { concurrent: true }, () => {
  const soon = { startTimeoutSeconds: 1 };

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
    expect(error.message).toMatch(/^Service api .* was not ready within 1 s: unhealthy/);
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
