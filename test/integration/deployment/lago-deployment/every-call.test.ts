/** No call may go to another engine than the one that was chosen. */
import { describe, expect, it, vi } from "vitest";
import { deploy } from "../../../../src/deployment/deploy.ts";
import type { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import { planOf } from "../../../../src/deployment/plan.ts";
import type { EngineSettings } from "../../../../src/docker/endpoint-settings.ts";
import {
  hashAnswer,
  inspectAnswer,
  psLine,
  type Script,
} from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SMALL } from "../../../support/sample.ts";

const SERVICES = ["api", "db", "migrate"];
const ANSWERS: Script = {
  ...SMALL,
  "config --hash": { stdout: hashAnswer(SERVICES) },
  ps: { stdout: psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" }) },
  "container inspect": { stdout: inspectAnswer(...SERVICES.map((service) => ({ service }))) },
  "version --format": { stdout: "26.1.5\n" },
  "context inspect": { stdout: "ssh://root@lago.example.com\n" },
};
const ENVIRONMENT = {
  LAGO_DISABLE_SIGNUP: "true",
  LAGO_API_URL: "https://a.example.com",
  LAGO_FRONT_URL: "https://f.example.com",
};

const ENGINES: [EngineSettings, string, Record<string, string>][] = [
  [
    { dockerHost: "tcp://127.0.0.1:3" },
    "dockerHost",
    { DOCKER_HOST: "tcp://127.0.0.1:3", DOCKER_TLS_VERIFY: "1" },
  ],
  [
    { dockerHost: "ssh://root@lago.example.com" },
    "dockerHost over ssh",
    { DOCKER_HOST: "ssh://root@lago.example.com" },
  ],
  [{ dockerContext: "prod" }, "dockerContext", { DOCKER_CONTEXT: "prod" }],
];

const OPERATIONS: [string, (deployment: LagoDeployment) => Promise<unknown>][] = [
  ["a deployment", deploy],
  ["a plan", (d) => planOf(d)],
  ["the status", (d) => d.status()],
  ["the logs", (d) => d.logs()],
  ["a pull", (d) => d.pull()],
  ["a restart", (d) => d.restart()],
  ["a stop", (d) => d.stop()],
];

describe.each(ENGINES)("every call of %j", (engine, _, expected) => {
  it.each(OPERATIONS)("goes there: %s", async (_what, operation) => {
    const docker = useFakeDocker(ANSWERS);
    // What the caller has set for himself.
    vi.stubEnv("DOCKER_HOST", "tcp://127.0.0.1:2");
    vi.stubEnv("DOCKER_CONTEXT", "callers");
    vi.stubEnv("DOCKER_TLS_VERIFY", "1");
    await operation(deploymentOf({ ...engine, environment: ENVIRONMENT }));
    expect(docker.calls().length).toBeGreaterThan(0);
    for (const { verb, env } of docker.calls()) {
      const told = Object.entries(env).filter(([name]) => name.startsWith("DOCKER_"));
      expect([verb, Object.fromEntries(told)]).toEqual([verb, expected]);
    }
  });
});

it("tells which engine failed, and with what, before anything is done", async () => {
  const docker = useFakeDocker({
    ...ANSWERS,
    "version --format": {
      exitCode: 1,
      stderr: "error during connect: stderr=Host key verification failed.\n",
    },
  });
  const error = await errorOf(deploy(deploymentOf({ dockerHost: "ssh://root@lago.example.com" })));
  expect(error.kind).toBe("DaemonUnreachable");
  expect(error.message).toContain("Asking the Docker engine on ssh://root@lago.example.com failed");
  expect(error.message).toContain("ssh does not know the host's key");
  expect(docker.calls().map(({ verb }) => verb)).toEqual(["version --format"]);
});

it("refuses settings that contradict before anything is called", () => {
  expect(() => deploymentOf({ dockerHost: "ssh://a", dockerContext: "prod" })).toThrow(
    /dockerHost: is given beside dockerContext/,
  );
});
