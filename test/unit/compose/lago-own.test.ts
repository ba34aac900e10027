/** Lago beside other programs in the same files. */
import { describe, expect, it } from "vitest";
import { isNeededByOthers } from "../../../src/compose/lago-own.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { type GivenRoles, withRoles } from "../../../src/compose/service-roles.ts";

type Services = Readonly<Record<string, Record<string, unknown>>>;

const URLS = {
  DATABASE_URL: "postgresql://lago:${POSTGRES_PASSWORD}@${LAGO_DB:-lago-db}:5432/lago",
  REDIS_URL: "redis://lago-redis:6379",
};

const SHOP: Services = {
  api: {
    image: "acme/shop:3",
    healthcheck: { test: "curl -f http://localhost:3000/health" },
    environment: { DATABASE_URL: "postgresql://shop@a-db/shop" },
  },
  "a-db": { image: "postgres:16", environment: { POSTGRES_PASSWORD: "${SHOP_PASSWORD}" } },
  cache: { image: "redis:7" },
  "lago-api": { image: "getlago/api:v1.50.0", environment: URLS },
  "lago-db": { image: "getlago/postgres-partman:15.0-alpine" },
  "lago-redis": { image: "valkey/valkey:8" },
};

function rolesOf(changes: Services, values: Record<string, string> = {}, given: GivenRoles = {}) {
  const services = Object.fromEntries(
    Object.entries({ ...SHOP, ...changes }).map(([name, one]) => [name, { ...SHOP[name], ...one }]),
  );
  const model = withRoles(parseComposeModel(JSON.stringify({ services })), values, given);
  const roles = model.services.map(({ name, role }) => [name, role]);
  return Object.fromEntries(roles.filter(([, role]) => role !== undefined));
}

const OWN = { "lago-api": "api", "lago-db": "db", "lago-redis": "redis" };

describe("services of another program", () => {
  it("have no role beside those that Lago's back end names", () => {
    expect(rolesOf({})).toEqual(OWN);
  });

  it.each<[string, Services, Record<string, string>]>([
    ["a variable", {}, { LAGO_DB: "lago-db" }],
    [
      "an alias",
      { "lago-db": { networks: { default: { aliases: ["pg.lago"] } } } },
      { LAGO_DB: "pg.lago" },
    ],
    ["a container's name", { "lago-db": { container_name: "${N:-pg}" } }, { LAGO_DB: "pg" }],
    ["a host name", { "lago-db": { hostname: "pg" } }, { LAGO_DB: "pg" }],
  ])("are told by %s", (_, changes, values) => {
    expect(rolesOf(changes, values)).toEqual(OWN);
  });

  it("are told by variables of an env_file", () => {
    const model = parseComposeModel(
      JSON.stringify({ services: { ...SHOP, "lago-api": { image: "getlago/api:v1.50.0" } } }),
    );
    const filled = { "lago-api": { environment: { ...URLS, REDIS_URL: "redis://cache" } } };
    const { services } = withRoles(model, {}, {}, filled);
    expect(services.filter(({ role }) => role === "redis").map(({ name }) => name)).toEqual([
      "cache",
    ]);
  });

  it("count where Lago names none of the services, as behind a pooler", () => {
    expect(rolesOf({}, { LAGO_DB: "pgbouncer" })).toEqual({ ...OWN, "a-db": "db" });
  });

  it("have the role that a setting gives", () => {
    expect(rolesOf({}, {}, { cache: "redis" })).toEqual({ ...OWN, cache: "redis" });
  });

  it("may be Lago's api where nothing else is", () => {
    const image = "acme/billing:1";
    expect(rolesOf({ "lago-api": { image } })).toMatchObject({ api: "api" });
  });
});

describe("a database of Lago's that is not needed", () => {
  const { services } = withRoles(
    parseComposeModel(
      JSON.stringify({
        services: { ...SHOP, report: { image: "acme/report", depends_on: { "lago-redis": {} } } },
      }),
    ),
    {},
  );

  it("is needed by others that wait for it or name it", () => {
    expect(isNeededByOthers(services, "lago-redis")).toBe(true);
    expect(isNeededByOthers(services, "a-db")).toBe(true);
    expect(isNeededByOthers(services, "lago-db")).toBe(false);
    expect(isNeededByOthers(services, "db")).toBe(false);
  });
});
