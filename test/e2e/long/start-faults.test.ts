/** What stands against a start, and what a start makes of tasks that end, with the real engine. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../sandbox/images/build.ts";
import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { planInput } from "../../../src/deployment/plan.ts";
import { requireNoConflicts } from "../../../src/deployment/preflight.ts";
import { DeployError } from "../../../src/errors.ts";
import { driftOf } from "../../../src/plan/drift.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { run } from "../../../src/process/run.ts";
import {
  containersOf,
  docker,
  networksOf,
  removeProject,
  requireDocker,
  testName,
  volumesOf,
} from "../../../testing/docker.ts";
import { newSecrets } from "../../../testing/secrets.ts";
import { fixturePath } from "../../support/fixtures.ts";

const FOLDER = fixturePath("cases", "start");
const ALLOWED = ["signup-open:LAGO_DISABLE_SIGNUP"];

const secrets = newSecrets();
const shared = testName();
const first = testName();
const plain = testName();
const others: string[] = [];

beforeAll(async () => {
  await requireDocker();
  const images = ["getlago/api:v1.50.0", "getlago/postgres-partman:15.0-alpine", "redis:7-alpine"];
  await ensureStandIns({ images, report: () => {} });
});

afterAll(async () => {
  for (const project of [...others, first, plain]) {
    await removeProject(project);
  }
});

/** A deployment of the minimal Lago with the files of cases on top. */
function deploymentOf(
  project: string,
  cases: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): LagoDeployment {
  return new LagoDeployment(FOLDER, {
    projectName: project,
    composeFiles: ["lago.yml", ...cases.map((name) => `${name}.yml`)],
    ports: { api: "auto" },
    startTimeoutSeconds: 90,
    allowUnsafe: ALLOWED,
    environment: { ...secrets, SHARED_NETWORK: shared, ...environment },
  });
}

/** A deployment of a project of its own, which is removed at the end. */
function another(cases: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const project = testName();
  others.push(project);
  return deploymentOf(project, cases, environment);
}

async function refusal(work: Promise<unknown>): Promise<DeployError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!DeployError.isDeployError(error)) {
    throw new Error(`expected a DeployError, got ${String(error)}`);
  }
  return error;
}

async function expectNothing(project: string): Promise<void> {
  expect(await containersOf(project)).toEqual(new Map());
  expect(await networksOf(project)).toEqual([]);
  expect(await volumesOf(project)).toEqual([]);
}

describe("a start whose files need what is not there", () => {
  it.each([
    ["external-network", "NetworkNotFound", "networks.default"],
    ["external-volume", "VolumeNotFound", "volumes.files"],
    ["bind-missing", "MountFailed", "services.api.volumes"],
    ["secret-missing", "MountFailed", "services.redis.secrets"],
  ])("is refused for %s before anything is made", async (name, kind, field) => {
    const deployment = another([name]);
    const error = await refusal(deploy(deployment));
    expect(error).toMatchObject({ kind, issues: [{ field }] });
    expect(await refusal(requireNoConflicts(deployment))).toMatchObject({ kind });
    await expectNothing(deployment.project.name);
  });

  it("is refused for all of it at once", async () => {
    const deployment = another(["external-network", "external-volume", "bind-missing"]);
    const { kind, issues } = await refusal(deploy(deployment));
    expect(kind).toBe("NetworkNotFound");
    expect(issues.map(({ field }) => field)).toEqual([
      "networks.default",
      "volumes.files",
      "services.api.volumes",
    ]);
    await expectNothing(deployment.project.name);
  });
});

describe("a start that docker refuses before a service runs", () => {
  it("is told in docker's words where the subnet is another network's", async () => {
    const format = "{{(index .IPAM.Config 0).Subnet}}";
    const TAKEN_SUBNET = await docker("network", "inspect", "--format", format, "bridge");
    const error = await refusal(deploy(another(["subnet-taken"], { TAKEN_SUBNET })));
    expect(error).toMatchObject({ kind: "SubnetTaken", service: undefined });
    expect(error.message).toContain("Pool overlaps with other one on this address space");
    expect(error.message).not.toContain("Creating");
  });

  it.each([
    ["log-plugin", "PluginNotFound", 'plugin "zbl-no-such-log" not found'],
    ["volume-plugin", "PluginNotFound", 'plugin "zbl-no-such-volume" not found'],
    ["too-little-memory", "CommandFailed", "Minimum memory limit allowed is 6MB"],
  ])("is told in docker's words with the service for %s", async (name, kind, words) => {
    const error = await refusal(deploy(another([name])));
    expect(error).toMatchObject({ kind });
    expect(error.message).toContain(words);
    // Compose may be at work on several containers that have nothing to do with the message.
    expect([undefined, "redis"]).toContain(error.service);
    if (kind === "PluginNotFound") {
      expect(error.message).toMatch(/^Service redis of project \S+ was not started: /);
    }
  });
});

describe("tasks that end with exit code 0", () => {
  it("are done, as plain compose has them, and are no drift", async () => {
    const deployment = deploymentOf(first, ["tasks"]);
    const status = await deploy(deployment);
    expect(status.ready).toBe(true);
    expect(status.services).toEqual([
      ["api", "Running"],
      ["db", "Running"],
      ["migrate", "Completed"],
      ["redis", "Running"],
      ["seed-plans", "Completed"],
      ["warm-up", "Completed"],
    ]);
    expect((await deployment.project.status()).services).toEqual(status.services);
    expect(driftOf(await planInput(deployment))).toEqual([]);

    const files = ["lago.yml", "tasks.yml"].flatMap((file) => ["--file", `${FOLDER}/${file}`]);
    const compose = ["compose", "--project-name", plain, ...files, "up", "--detach"];
    const SHARED_NETWORK = `${plain}-net`;
    const env = { ...inheritedEnvironment(), ...secrets, SHARED_NETWORK, API_PORT: "0" };
    const up = await run("docker", compose, { env, timeoutMs: 120_000 });
    expect(up.exitCode, up.stderr).toBe(0);
    const services = [...(await containersOf(plain)).keys()].sort();
    expect(services).toEqual(status.services.map(([name]) => name));
    await removeProject(plain);
  });

  it("are told from one that crashes, by the exit code of its last run", async () => {
    const error = await refusal(deploy(deploymentOf(first, ["tasks", "crash"])));
    expect(error).toMatchObject({ kind: "CrashLoop", service: "exporter" });
    expect(error.message).toMatch(
      /crashes again and again \(\d+ restarts, the last after exit code 3\)/,
    );
  });
});

describe("a network whose name the files of two projects fix", () => {
  it("is refused to the second one, whose database has the same name", async () => {
    const second = another(["shared-network"]);
    const { kind, issues } = await refusal(deploy(second));
    expect(kind).toBe("PortTaken");
    expect(issues.map(({ message }) => message)).toEqual([
      expect.stringContaining(`the name db leads to container ${first}-db-1 of project ${first}`),
      expect.stringContaining(`the name redis leads to container ${first}-redis-1`),
    ]);
    await expectNothing(second.project.name);
  });

  it("is no fault of the first one", async () => {
    await requireNoConflicts(deploymentOf(first, ["tasks"]));
  });
});

describe("another PostgreSQL on existing data", () => {
  const newer = { DB_IMAGE: "postgres:16-alpine" };

  it("is refused with the release that the running container has", async () => {
    const { kind, issues } = await refusal(deploy(deploymentOf(first, ["tasks"], newer)));
    expect(kind).toBe("PostgresChanged");
    expect(issues).toMatchObject([
      {
        field: "services.db.image",
        message: expect.stringContaining("the data is of PostgreSQL 15, and postgres:16-alpine"),
      },
    ]);
  });

  it("is refused after down, and nothing is left of the reading", async () => {
    const deployment = deploymentOf(first, ["tasks"], newer);
    await deployment.stop();
    const before = await docker("volume", "ls", "--quiet");
    expect((await refusal(requireNoConflicts(deployment))).kind).toBe("PostgresChanged");
    await requireNoConflicts(deploymentOf(first, ["tasks"]));
    const label = "label=z-billing-lago.reads";
    expect(await docker("container", "ls", "--all", "--quiet", "--filter", label)).toBe("");
    const after = await docker("volume", "ls", "--quiet");
    const own = (text: string) => text.split("\n").filter((name) => name.startsWith(first));
    expect(own(after)).toEqual(own(before));
  });

  it("is refused for older data that somebody brought, and its files stay as they are", async () => {
    const deployment = another([]);
    const { name } = deployment.project;
    const volume = `${name}_db-data`;
    const labels = [`com.docker.compose.project=${name}`, "com.docker.compose.volume=db-data"];
    await docker("volume", "create", ...labels.flatMap((one) => ["--label", one]), volume);
    const mount = ["--rm", "--volume", `${volume}:/data`, "--entrypoint", "sh", "redis:7-alpine"];
    await docker("run", ...mount, "-c", "echo 14 > /data/PG_VERSION");
    const { kind, message } = await refusal(deploy(deployment));
    expect(kind).toBe("PostgresChanged");
    expect(message).toContain("the data is of PostgreSQL 14");
    expect(await docker("run", ...mount, "-c", "ls -A /data")).toBe("PG_VERSION");
    expect(await containersOf(name)).toEqual(new Map());
  });
});
