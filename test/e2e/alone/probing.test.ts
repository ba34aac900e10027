/** How often a service is probed: often while it starts, and as its compose file says from then on. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureStandIns } from "../../../sandbox/images/build.ts";
import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { bareApi } from "../../../testing/bare-api.ts";
import {
  containerId,
  docker,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../../testing/docker.ts";

const IMAGE = "redis:7-alpine";
const INTERVAL_MS = 4_000;
/** The engine begins a probe this much earlier or later than it should. */
const TOLERANCE_MS = 500;
/** Of so many probes the engine keeps the results. */
const PROBES = 3;

const project = testName();
let folder: string;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ images: [IMAGE], report: () => {} });
  folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const healthcheck = { test: ["CMD", "redis-cli", "ping"], interval: `${INTERVAL_MS}ms` };
  const redis = { image: IMAGE, healthcheck };
  await writeFile(join(folder, "compose.yaml"), JSON.stringify({ services: { redis } }));
});

afterAll(async () => {
  await removeProject(project);
  await rm(folder, { recursive: true });
});

/** When the container was started and its probes began, by the engine's clock. */
async function probes(): Promise<{ startedMs: number; probesMs: number[] }> {
  const id = await containerId(project, "redis");
  const state = JSON.parse(
    await docker("container", "inspect", "--format", "{{json .State}}", id),
  ) as { StartedAt: string; Health: { Status: string; Log: { Start: string }[] } };
  expect(state.Health.Status).toBe("healthy");
  return {
    startedMs: Date.parse(state.StartedAt),
    probesMs: state.Health.Log.map(({ Start }) => Date.parse(Start)),
  };
}

it("is often until it is healthy, and then as rarely as the file says", async () => {
  const startedMs = performance.now();
  await deploy(new LagoDeployment(folder, { projectName: project, ...bareApi("redis") }));
  expect(performance.now() - startedMs).toBeLessThan(INTERVAL_MS);

  let seen = await probes();
  while (seen.probesMs.length < PROBES) {
    await delay(INTERVAL_MS / 4);
    seen = await probes();
  }
  const [first = 0, ...others] = seen.probesMs;
  expect(first - seen.startedMs).toBeLessThan(INTERVAL_MS / 2);
  const gaps = others.map((probe, index) => probe - (seen.probesMs[index] ?? 0));
  for (const gap of gaps) {
    expect(gap, `${gaps}`).toBeGreaterThan(INTERVAL_MS - TOLERANCE_MS);
  }
});
