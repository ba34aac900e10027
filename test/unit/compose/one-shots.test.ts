import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { mayEnd } from "../../../src/compose/one-shots.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";

interface Made {
  readonly service: string;
  readonly image?: string;
  readonly policy?: string;
  readonly command?: readonly string[];
  readonly check?: readonly string[];
  readonly port?: string;
}

function ends({ service, image = "alpine:3", policy, command, check, port }: Made): boolean {
  const [container] = parseContainers([
    {
      Id: "1",
      State: {},
      Config: {
        Image: image,
        Cmd: command ?? null,
        Labels: { "com.docker.compose.service": service },
        ...(check === undefined ? {} : { Healthcheck: { Test: check } }),
      },
      HostConfig: {
        ...(policy === undefined ? {} : { RestartPolicy: { Name: policy } }),
        ...(port === undefined ? {} : { PortBindings: { [port]: [{ HostPort: "80" }] } }),
      },
    },
  ]);
  return container !== undefined && mayEnd(container);
}

const API = "getlago/api:v1.50.0";

describe("the work of a container that ends with exit code 0", () => {
  it.each<[string, Made]>([
    ["a task without a restart policy", { service: "seed" }],
    ["a task that is not restarted", { service: "seed", policy: "no" }],
    ["a task that is restarted when it fails", { service: "seed", policy: "on-failure" }],
    ["a task with a health check that is off", { service: "seed", check: ["NONE"] }],
    [
      "a migration by another name",
      { service: "lago-migrate", image: API, command: ["./scripts/migrate.sh"] },
    ],
    [
      "a task of Lago's back end",
      { service: "seeds", image: API, command: ["bin/rails", "db:seed"] },
    ],
    [
      "a task with the tools of the database's image",
      {
        service: "extensions",
        image: "postgres:15",
        command: ["sh", "-c", "psql postgres://lago@db/postgres -f /x.sql"],
      },
    ],
    ["a task in the cache's image", { service: "warm-up", image: "redis:7", command: ["true"] }],
  ])("of %s is done", (_, made) => {
    expect(ends(made)).toBe(true);
  });

  it.each<[string, Made]>([
    ["is always restarted", { service: "seed", policy: "always" }],
    ["is restarted unless stopped", { service: "seed", policy: "unless-stopped" }],
    ["has a health check", { service: "seed", check: ["CMD", "true"] }],
    ["publishes a port", { service: "seed", port: "80/tcp" }],
    ["is the database", { service: "store", image: "postgres:15" }],
    [
      "is the database with options",
      { service: "store", image: "postgres:15", command: ["-c", "max_connections=200"] },
    ],
    [
      "is the database behind its entry point",
      { service: "store", image: "postgres:15", command: ["docker-entrypoint.sh", "postgres"] },
    ],
    [
      "is the cache by a shell",
      {
        service: "queue",
        image: "redis:7",
        command: ["sh", "-c", "redis-server --requirepass $P"],
      },
    ],
    ["is the cache", { service: "queue", image: "valkey/valkey:8" }],
    ["is the front", { service: "web", image: "getlago/front:v1.50.0" }],
    ["is the api", { service: "back", image: API, command: ["./scripts/start.api.sh"] }],
    ["is a worker", { service: "back", image: API, command: ["./scripts/start.worker.sh"] }],
    ["is the clock", { service: "back", image: API, command: ["./scripts/start.clock.sh"] }],
    ["runs what Lago's back end runs by itself", { service: "backend", image: API }],
  ])("is not done where the service %s", (_, made) => {
    expect(ends(made)).toBe(false);
  });
});

it("a declared service is a one-shot by its role too, and not for want of a restart policy", () => {
  const { services } = parseComposeModel(
    JSON.stringify({
      services: {
        api: { image: API, command: ["./scripts/start.api.sh"] },
        keys: { image: API, command: ["sh", "-c", "./scripts/generate.rsa.sh"] },
        "lago-migrate": { image: API, command: ["./scripts/migrate.sh"] },
        seed: { image: "alpine:3", restart: "no" },
      },
    }),
  );
  expect(services.filter(({ oneShot }) => oneShot).map(({ name }) => name)).toEqual([
    "keys",
    "lago-migrate",
  ]);
});
