/** What a plan says, against what the start then does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../sandbox/images/build.ts";
import { deploy } from "../../../src/deployment/deploy.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { planOf } from "../../../src/deployment/plan.ts";
import { planText } from "../../../src/plan/text.ts";
import type { Plan } from "../../../src/plan/types.ts";
import {
  docker,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../../testing/docker.ts";
import { freePort } from "../../../testing/ports.ts";
import { newSecrets } from "../../../testing/secrets.ts";
import { eventually } from "../../../testing/standing.ts";
import { bundledDeployment, snapshot, whatHappened } from "../support/plan-subject.ts";

/** Lets a test make a service unhealthy until it is started anew. */
const ILLNESS = `
services:
  pdf:
    tmpfs: [/ill]
    healthcheck: { test: [CMD, test, "!", -f, /ill/now], interval: 1s, retries: 1 }
`;

const project = testName();
const folder = mkdtempSync(join(tmpdir(), TEST_PREFIX));
const environment = newSecrets();
const ONE_SHOTS = new Set(["migrate"]);

let options: LagoDeploymentOptions & { readonly projectName: string };

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({
    images: ["getlago/api:v1.43.0", "getlago/front:v1.43.0"],
    report: () => {},
  });
  const illness = join(folder, "illness.yml");
  writeFileSync(illness, ILLNESS);
  options = {
    projectName: project,
    composeFiles: ["docker-compose.yml", illness],
    environment,
    ports: { api: await freePort(), front: await freePort() },
  };
  await deploy(bundledDeployment(options));
});

afterAll(async () => {
  await removeProject(project);
  rmSync(folder, { recursive: true, force: true });
});

/** Each further start changes something on top of what the earlier ones changed. */
interface Change {
  readonly change: Omit<LagoDeploymentOptions, "projectName">;
  /** Done by hand before, as somebody else might. */
  readonly meddle?: () => Promise<unknown>;
  /** What the plan is to say of a service beside its action. */
  readonly why?: Readonly<Record<string, RegExp>>;
  readonly actions: Readonly<Record<string, string>>;
}

const CHANGES: [string, Change][] = [
  ["nothing", { change: {}, actions: { api: "stays", db: "stays", migrate: "runs again" } }],
  [
    "a limit of memory",
    {
      change: { memoryLimits: { pdf: "256m" } },
      actions: { pdf: "recreated", api: "stays", db: "stays" },
      why: { pdf: /memory limit none -> 256 MiB/ },
    },
  ],
  [
    "a setting of the back end",
    {
      change: { environment: { ...environment, LAGO_FROM_EMAIL: "billing@example.com" } },
      actions: { "api-worker": "recreated", db: "stays", redis: "stays" },
      why: { "api-worker": /variable LAGO_FROM_EMAIL is new \(billing@example\.com\)/ },
    },
  ],
  [
    "the release",
    {
      change: { version: "v1.43.0" },
      actions: { api: "recreated", front: "recreated", db: "stays", pdf: "stays" },
      why: { api: /image getlago\/api:v1\.50\.0 -> getlago\/api:v1\.43\.0/ },
    },
  ],
  [
    "a token that asks for a restart",
    {
      change: { restartToken: "1" },
      actions: { db: "recreated", pdf: "recreated", api: "recreated" },
      why: { db: /^restart asked for$/ },
    },
  ],
  [
    "workers of their own",
    {
      change: { workers: { events: { count: 2 } } },
      actions: { "api-events-worker": "created", api: "recreated", db: "stays" },
      why: { api: /variable SIDEKIQ_EVENTS is new \(true\)/ },
    },
  ],
  [
    "more of them",
    {
      change: { workers: { events: { count: 3 } } },
      actions: { "api-events-worker": "created", api: "stays" },
      why: { "api-events-worker": /2 -> 3 containers/ },
    },
  ],
  [
    "fewer of them",
    {
      change: { workers: { events: { count: 1 } } },
      actions: { "api-events-worker": "removed", api: "stays" },
      why: { "api-events-worker": /3 -> 1 containers/ },
    },
  ],
  [
    "no such workers any more",
    {
      change: { workers: undefined },
      actions: { "api-events-worker": "removed", api: "recreated" },
      why: { "api-events-worker": /it is not declared/ },
    },
  ],
  [
    "a service that was stopped and one that was removed",
    {
      change: {},
      meddle: async () => {
        await docker("container", "stop", `${project}-pdf-1`);
        await docker("container", "rm", "--force", "--volumes", `${project}-front-1`);
      },
      actions: { pdf: "restarted", front: "created", api: "stays" },
      why: { pdf: /it had ended with exit code/ },
    },
  ],
  [
    "a service that is paused",
    {
      change: {},
      meddle: () => docker("container", "pause", `${project}-front-1`),
      actions: { front: "restarted", api: "stays" },
      why: { front: /it was paused/ },
    },
  ],
  [
    "a service that is unhealthy",
    {
      change: {},
      meddle: async () => {
        await docker("exec", "--user", "root", `${project}-pdf-1`, "touch", "/ill/now");
        const health = ["inspect", "--format", "{{.State.Health.Status}}", `${project}-pdf-1`];
        await eventually(
          () => docker(...health),
          (status) => status === "unhealthy",
        );
      },
      actions: { pdf: "restarted", api: "stays", db: "stays" },
      why: { pdf: /it is unhealthy/ },
    },
  ],
  [
    "a database that is replaced, with all that depends on it",
    {
      change: { memoryLimits: { pdf: "256m", db: "512m" } },
      actions: { db: "recreated", pdf: "stays", redis: "stays" },
      why: { db: /memory limit none -> 512 MiB/, api: /^db (and migrate are|is) replaced/ },
    },
  ],
];

describe("a plan, and what the start then does, of", () => {
  it.each(CHANGES)("%s", async (_, { change, meddle, actions, why = {} }) => {
    await meddle?.();
    options = { ...options, ...change };
    const deployment = bundledDeployment(options);
    const running = await runningServices();
    const before = await snapshot(project);
    const plan = await planOf(deployment);
    expect(await snapshot(project)).toEqual(before);

    await deploy(deployment);

    const really = whatHappened(before, await snapshot(project), ONE_SHOTS);
    expect(announced(plan)).toEqual(really);
    expect(announced(plan)).toMatchObject(actions);
    for (const [service, reason] of Object.entries(why)) {
      expect(reasonsIn(plan, service)).toMatch(reason);
    }
    const gone = Object.entries(really)
      .filter(
        ([service, action]) => running.has(service) && ["recreated", "restarted"].includes(action),
      )
      .map(([service]) => service);
    expect([...plan.downtime].sort()).toEqual(gone);
    for (const secret of Object.values(environment)) {
      expect(JSON.stringify(plan).includes(secret)).toBe(false);
    }
    const next = await planOf(deployment);
    expect(next.changes, planText(next)).toBe(false);
  });
});

/** A stopped service is started: only then does it look like a restart from outside. */
function announced({ services }: Plan): Record<string, string> {
  return Object.fromEntries(
    services
      .map(({ service, action }) => [service, action === "started" ? "restarted" : action] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function reasonsIn(plan: Plan, service: string): string {
  const line = planText(plan)
    .split("\n")
    .find((one) => one.startsWith(`${service} `));
  const reasons =
    line
      ?.slice(line.indexOf("  "))
      .trim()
      .replace(/^\S+(?: \S+)*? {2,}/, "") ?? "";
  // The text writes reasons of several services once.
  const [, other] = /^the same as (\S+)$/.exec(reasons) ?? [];
  return other === undefined ? reasons : reasonsIn(plan, other);
}

async function runningServices(): Promise<ReadonlySet<string>> {
  // Without those that are paused, which are away as it is.
  const list = ["ps", "--filter", "status=running"];
  const filter = `label=com.docker.compose.project=${project}`;
  const format = '{{.Label "com.docker.compose.service"}}';
  return new Set((await docker(...list, "--filter", filter, "--format", format)).split("\n"));
}
