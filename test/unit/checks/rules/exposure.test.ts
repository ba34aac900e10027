/** Databases and Redis that other hosts reach, whatever their images and names. */
import { describe, expect, it } from "vitest";
import { judge, names } from "../subject.ts";

const OPEN = { ports: ["5432:5432"] };

describe("a database that is published on all addresses", () => {
  it.each([
    "pgvector/pgvector:pg16",
    "timescale/timescaledb-ha:pg16",
    "postgis/postgis:16-3.4",
    "bitnami/postgresql:16",
    "supabase/postgres:15.8.1.060",
  ])("is found with the image %s", (image) => {
    const found = names(judge({ services: { "billing-data": { like: "db", image, ...OPEN } } }));
    expect(found).toContain("database-published:services.billing-data.ports");
  });

  it("is found with extensions in its command", () => {
    const command = "postgres -c shared_preload_libraries=pg_stat_statements,pg_cron";
    const found = names(judge({ services: { db: { command, ...OPEN } } }));
    expect(found).toContain("database-published:services.db.ports");
  });

  it.each(["127.0.0.1:5432:5432", "10.1.2.3:5432:5432"])("is none at %s", (port) => {
    const service = { like: "db", image: "pgvector/pgvector:pg16", ports: [port] };
    expect(names(judge({ services: { store: service } })).join()).not.toContain("published");
  });

  it.each(["postgrest/postgrest:v12", "supabase/postgres-meta:v0.83", "edoburu/pgbouncer:1.22"])(
    "is none with the image %s",
    (image) => {
      const found = names(judge({ services: { tool: { like: "db", image, ...OPEN } } }));
      expect(found.join()).not.toContain("database-published");
    },
  );
});

describe("a Redis that is published on all addresses", () => {
  const reasonOf = (service: Record<string, unknown>) =>
    judge({
      services: { cache: { like: "redis", ports: ["6379:6379"], ...service } },
    }).find(({ unsafeName }) => unsafeName === "redis-published:services.cache.ports")?.reason;
  const NO_PASSWORD = "and it asks for no password";

  it.each([
    "valkey/valkey:8",
    "eqalpha/keydb:6.3",
    "docker.dragonflydb.io/dragonflydb/dragonfly:v1.25.1",
    "bitnami/redis:7.4",
  ])("is found with the image %s", (image) => {
    expect(reasonOf({ image })).toContain(NO_PASSWORD);
  });

  it.each([
    ["its command", { image: "eqalpha/keydb:6.3", command: "keydb-server --requirepass kR7mZ2vT" }],
    [
      "a variable of bitnami's image",
      { image: "bitnami/valkey:8.0", environment: { VALKEY_PASSWORD: "kR7mZ2vT9qLx" } },
    ],
    [
      "a variable of Dragonfly's image",
      { image: "dragonflydb/dragonfly:v1", environment: { DFLY_requirepass: "kR7mZ2vT9qLx" } },
    ],
    [
      "a file that may set one",
      { image: "valkey/valkey:8.0", command: "valkey-server /etc/valkey.conf" },
    ],
  ])("asks for a password by %s", (_what, service) => {
    expect(reasonOf(service)).toBeDefined();
    expect(reasonOf(service)).not.toContain(NO_PASSWORD);
  });

  it("asks for none by a variable that the official image does not read", () => {
    const environment = { REDIS_PASSWORD: "kR7mZ2vT9qLx" };
    expect(reasonOf({ image: "redis:7", environment })).toContain(NO_PASSWORD);
  });
});

it("a Redis of another maker that asks for its password takes Lago's", () => {
  const variables = { REDIS_PASSWORD: "kR7mZ2vT9qLx" };
  const environment = { REDIS_PASSWORD: "${REDIS_PASSWORD}" };
  const redis = { image: "bitnami/redis:7.4", environment };
  expect(names(judge({ variables, services: { redis } }))).toEqual([]);
});
