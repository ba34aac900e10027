/** Dedicated workers from a setting, on Lago's own file. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../sandbox/images/build.ts";
import { containerId, containersOf, docker, environmentOf } from "../../../testing/docker.ts";
import { LAGO_FILES } from "../../../testing/folders.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";

let lago: TestStack;

beforeAll(async () => {
  const images = ["getlago/api:v1.43.0", "getlago/front:v1.43.0"];
  await ensureStandIns({ images, report: () => {} });
  lago = await createTestStack({
    lagoPath: join(LAGO_FILES, "v1.50.0"),
    workers: { events: { count: 2, concurrency: 7 }, pdfs: {} },
    memoryLimits: { api: "512m" },
    settings: { webhooks: { attempts: 5 }, telemetry: { disabled: true } },
  });
});

afterAll(async () => {
  await lago?.dispose();
});

describe("dedicated workers", () => {
  it("run in the number asked for, healthy, with their switch set everywhere", async () => {
    await lago.mustUp();

    const filter = `label=com.docker.compose.project=${lago.project}`;
    const names = await docker("ps", "--filter", filter, "--format", "{{.Names}}");
    expect(names.split("\n").sort()).toEqual(
      [
        "api",
        "api-clock",
        "api-events-worker",
        "api-events-worker",
        "api-pdfs-worker",
        "api-worker",
        "db",
        "front",
        "pdf",
        "redis",
      ].map((service, index) => `${lago.project}-${service}-${index === 3 ? 2 : 1}`),
    );
    const containers = await containersOf(lago.project);
    const events = containers.get("api-events-worker");
    expect(events?.State.Health?.Status).toBe("healthy");
    const inside = (service: string) => environmentOf(lago.project, service);
    expect(await inside("api-events-worker")).toMatchObject({
      SIDEKIQ_EVENTS: "true",
      SIDEKIQ_PDFS: "true",
      SIDEKIQ_CONCURRENCY: "7",
    });
    for (const service of ["api", "api-worker", "api-clock"]) {
      const environment = await inside(service);
      expect(environment).toMatchObject({ SIDEKIQ_EVENTS: "true", SIDEKIQ_PDFS: "true" });
      expect(environment).not.toHaveProperty("SIDEKIQ_CONCURRENCY");
    }
    must(await lago.preview("--expect-no-changes"));
  });

  it("stand beside settings of Lago, the release and limits of memory", async () => {
    await lago.set("settings.mail.from", "lago@example.com");
    await lago.set("version", "1.43.0");
    await lago.mustUp();

    const containers = await containersOf(lago.project);
    const worker = await containerId(lago.project, "api-worker");
    expect(await environmentOf(lago.project, "api-worker")).toMatchObject({
      LAGO_WEBHOOK_ATTEMPTS: "5",
      LAGO_DISABLE_SEGMENT: "true",
      LAGO_FROM_EMAIL: "lago@example.com",
    });
    const images = ["api", "api-events-worker", "migrate", "front"].map(
      (service) => containers.get(service)?.Config.Image,
    );
    expect(images).toEqual([
      "getlago/api:v1.43.0",
      "getlago/api:v1.43.0",
      "getlago/api:v1.43.0",
      "getlago/front:v1.43.0",
    ]);
    const memory = await docker("inspect", "--format", "{{.HostConfig.Memory}}", worker);
    expect(memory).toBe("0");
    const api = await containerId(lago.project, "api");
    expect(await docker("inspect", "--format", "{{.HostConfig.Memory}}", api)).toBe(
      String(512 * 1024 * 1024),
    );
  });

  it("go with their setting, and their switch with them", async () => {
    must(await lago.pulumi(["config", "rm", "workers"]));
    await lago.mustUp();

    const containers = await containersOf(lago.project);
    expect([...containers.keys()].filter((name) => name.includes("worker"))).toEqual([
      "api-worker",
    ]);
    const worker = await environmentOf(lago.project, "api-worker");
    expect(worker).not.toHaveProperty("SIDEKIQ_EVENTS");
    must(await lago.destroy());
    expect(await containersOf(lago.project)).toEqual(new Map());
  });
});
