import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { generateOverride } from "../../../src/compose/override.ts";
import { withWorkers, workerToggles } from "../../../src/compose/worker-services.ts";
import { DeployError } from "../../../src/errors.ts";
import { WORKER_POOLS } from "../../../src/lago/pools.ts";

const worker = {
  image: "getlago/api:v1.50.0",
  container_name: "lago-worker",
  restart: "unless-stopped",
  command: ["./scripts/start.worker.sh"],
  environment: { SECRET_KEY_BASE: "${SECRET_KEY_BASE:-your-secret}" },
  healthcheck: { test: "curl -f http://localhost:8080 || exit 1", interval: "10s" },
  volumes: [{ type: "volume", source: "lago_storage_data", target: "/app/storage" }],
  depends_on: { migrate: { condition: "service_completed_successfully" } },
};
const files = (services: Record<string, unknown>) =>
  parseComposeModel(JSON.stringify({ services }));
const lago = files({
  "api-worker": worker,
  api: { image: "getlago/api:v1.50.0" },
  migrate: { image: "getlago/api:v1.50.0" },
  front: { image: "getlago/front:v1.50.0" },
});

interface Override {
  readonly services: Record<
    string,
    Record<string, unknown> & { environment?: Record<string, string> }
  >;
}

const overrideOf = (workers: Parameters<typeof withWorkers>[1]) =>
  parse(
    generateOverride(withWorkers(lago, workers), {
      variables: ["DATABASE_URL"],
      literals: workerToggles(workers),
      startPeriodSeconds: 300,
    }),
    { logLevel: "silent" },
  ) as Override;

describe("dedicated workers", () => {
  it("change nothing unless asked for", () => {
    expect(withWorkers(lago)).toBe(lago);
    expect(workerToggles()).toEqual({});
  });

  it("run as the general worker does, with their own script, count and concurrency", () => {
    const { services } = overrideOf({ events: { count: 3, concurrency: 20 } });
    expect(services["api-events-worker"]).toMatchObject({
      image: "getlago/api:v1.50.0",
      command: ["./scripts/start.events.worker.sh"],
      scale: 3,
      restart: "unless-stopped",
      volumes: worker.volumes,
      depends_on: worker.depends_on,
      healthcheck: { ...worker.healthcheck, start_period: "300s", start_interval: "500ms" },
      environment: {
        SECRET_KEY_BASE: "${SECRET_KEY_BASE:-your-secret}",
        DATABASE_URL: "${DATABASE_URL:-}",
        SIDEKIQ_CONCURRENCY: "20",
        SIDEKIQ_EVENTS: "true",
      },
    });
    expect(services["api-events-worker"]).not.toHaveProperty("container_name");
  });

  it("have their toggle set on every back-end service, and on no other", () => {
    const { services } = overrideOf({ events: {}, pdfs: {} });
    const names = ["api", "migrate", "api-worker", "api-events-worker", "api-pdfs-worker"];
    for (const name of names) {
      expect(services[name]?.environment).toMatchObject({
        SIDEKIQ_EVENTS: "true",
        SIDEKIQ_PDFS: "true",
      });
    }
    expect(services.front?.environment).toBeUndefined();
  });

  it("stand above what the files say of such a service", () => {
    const own = files({
      "api-worker": worker,
      "api-events-worker": { ...worker, container_name: "lago-events", command: ["old"] },
    });
    const model = withWorkers(own, { events: {} });
    const [service] = model.services.filter(({ name }) => name === "api-events-worker");
    expect(model.services).toHaveLength(2);
    expect(service?.definition).toMatchObject({ command: ["./scripts/start.events.worker.sh"] });
  });

  it("are refused where the files have no worker to go by", () => {
    const refuse = () => withWorkers(files({ api: {} }), { billing: {} });
    expect(refuse).toThrow(DeployError);
    expect(refuse).toThrow("api-worker");
  });

  it.each(Object.entries(WORKER_POOLS))("know the pool %s", (name, pool) => {
    const { services } = overrideOf({ [name]: {} });
    expect(services[pool.service]?.command).toEqual([`./scripts/${pool.script}`]);
    expect(services[pool.service]?.environment?.[pool.toggle]).toBe("true");
  });
});
