/** Whole deployments against a fake docker, several at a time. */
import { afterAll, beforeAll, vi } from "vitest";
import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { DeployError } from "../../../src/errors.ts";
import { inspectAnswer, psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import {
  createFakeHost,
  type FakeDocker,
  useHost,
} from "../../../testing/scripted-docker/fake-docker.ts";
import { LAGO_PATH, SMALL, secretConfig } from "../../support/sample.ts";

const host = createFakeHost();

/** Makes the fake docker the one that a test file finds. */
export function useScenarios(): void {
  beforeAll(() => {
    useHost(host);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    host.dispose();
  });
}

let projects = 0;

/** A deployment of its own for each test, since they wait at the same time. */
export function scenario(script: Script, options: LagoDeploymentOptions = {}) {
  projects += 1;
  const projectName = `zbl-test-${projects}-lago`;
  // `docker container inspect` names no project, but ids that must belong to one.
  const text = JSON.stringify(script).replaceAll("-id\\", `-${projectName}\\`);
  const own = JSON.parse(text.replaceAll("PROJECT-", `${projectName}-`)) as Script;
  const docker = host.docker(own, projectName);
  const deployment = new LagoDeployment(LAGO_PATH, { projectName, ...options }, secretConfig());
  return { docker, deployment, projectName };
}

/** Deploys, and returns the error that it must end with. */
export async function failureOf(script: Script, options: LagoDeploymentOptions = {}) {
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

/** `ps` of a migration that is done. */
export const DONE = psLine("migrate", { State: "exited", Health: "" });
/** `ps` of an api that is about to be healthy. */
export const STARTING = psLine("api", { Health: "starting" });
/** `ps` of a deployment that is up. */
export const ALL_UP = psLine("api") + psLine("db") + DONE;
const INSPECTED = inspectAnswer(
  { service: "api", policy: "unless-stopped" },
  { service: "db", policy: "unless-stopped" },
  { service: "migrate" },
);

/** A deployment that comes up. */
export const HEALTHY: Script = {
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

/** The commands that were called, in order. */
export function verbs(docker: FakeDocker): string[] {
  return docker.calls().map(({ verb }) => verb);
}
