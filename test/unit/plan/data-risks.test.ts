import { describe, expect, it } from "vitest";
import type { ContainerSpec } from "../../../src/compose/container-spec.ts";
import { makePlan } from "../../../src/plan/plan.ts";
import { container, declared, observed, subject } from "../../support/plans.ts";

/** The risks of a service that is made of something else than before. */
function risksOf(from: Partial<ContainerSpec>, to: Partial<ContainerSpec>, name = "db") {
  const running = [container(name, { configHash: "old" }, from)];
  return makePlan(subject([declared(name, {}, to)], running)).risks;
}

describe("a database's image", () => {
  it.each([
    ["getlago/postgres-partman:15.0-alpine", "getlago/postgres-partman:16.1-alpine"],
    ["postgres:15", "postgres:17-alpine"],
    ["postgres:16", "postgres:15"],
    ["postgres:15", "postgres:latest"],
    ["postgres:15", "postgres"],
    ["postgres:15", "registry.example.com:5000/postgres:16"],
    ["registry.example.com:5000/postgres:15", "registry.example.com:5000/postgres:16"],
    ["timescale/timescaledb:2.14-pg15", "timescale/timescaledb:2.14-pg16"],
    ["postgres:15@sha256:15", "postgres:16@sha256:15"],
  ])("that goes from %s to %s puts data at stake", (from, to) => {
    expect(risksOf({ image: from }, { image: to })).toEqual([
      {
        name: "postgres-image:db",
        subject: "db",
        message: expect.stringContaining(`db changes from ${from} to ${to}: `),
        accepted: false,
      },
    ]);
  });

  it.each([
    ["postgres:15.3", "postgres:15.4-alpine"],
    ["postgres:15", "registry.example.com:5000/postgres:15"],
    ["postgres:v15", "postgres:15"],
    ["timescale/timescaledb:2.14-pg15", "timescale/timescaledb:2.15-pg15"],
    ["postgres:15@sha256:1", "postgres:15@sha256:2"],
    ["postgres@sha256:15", "postgres@sha256:16"],
  ])("that goes from %s to %s does not", (from, to) => {
    expect(risksOf({ image: from }, { image: to })).toEqual([]);
  });

  it("is no risk of another service", () => {
    expect(risksOf({ image: "redis:6" }, { image: "redis:7" }, "redis")).toEqual([]);
  });
});

describe("the release of Lago's back end", () => {
  const downgrade = (from: string, to: string, service = "api") =>
    risksOf({ image: from }, { image: to }, service);

  it.each([
    ["getlago/api:v1.51.0", "getlago/api:v1.50.0"],
    ["getlago/api:v1.50.1", "getlago/api:1.50.0"],
    ["getlago/api:v2.0.0", "getlago/api:v1.99.9-rc1"],
    ["getlago/api:v1.100.0@sha256:1", "mirror.example.com:5000/getlago/api:v1.99.0"],
  ])("that goes back from %s to %s puts data at stake", (from, to) => {
    expect(downgrade(from, to)).toEqual([
      {
        name: "downgrade:api",
        subject: "api",
        message: expect.stringMatching(/from .* back to .*migrations .* not undone.*backup/),
        accepted: false,
      },
    ]);
  });

  it.each([
    ["getlago/api:v1.50.0", "getlago/api:v1.51.0"],
    ["getlago/api:v1.9.0", "getlago/api:v1.10.0"],
    ["getlago/api:v1.50.0", "mirror.example.com/getlago/api:1.50.0"],
    ["getlago/api:v1.50.0", "getlago/api:latest"],
    ["getlago/api:edge", "getlago/api:v1.50.0"],
    ["getlago/api@sha256:15", "getlago/api:v1.50.0"],
    ["acme/billing:v3.0.0", "getlago/api:v1.50.0"],
  ])("that goes from %s to %s does not", (from, to) => {
    expect(downgrade(from, to)).toEqual([]);
  });

  it("is no risk of the front, which keeps no data", () => {
    expect(downgrade("getlago/front:v1.51.0", "getlago/front:v1.50.0", "front")).toEqual([]);
  });

  it("is one risk, and that of the migration where an upgrade got no further", () => {
    const running = (migrate: string, others: string) => [
      container("api", { configHash: "old" }, { image: others }),
      container("api-worker", { configHash: "old" }, { image: others }),
      container("migrate", { configHash: "old" }, { image: migrate }),
    ];
    const services = ["migrate", "api", "api-worker"].map((name) =>
      declared(name, { oneShot: name === "migrate" }, { image: "getlago/api:v1.50.0" }),
    );
    const names = (...releases: [string, string]) => {
      const [migrate, others] = releases.map((tag) => `getlago/api:${tag}`) as [string, string];
      return makePlan(subject(services, running(migrate, others))).risks.map(({ name }) => name);
    };
    expect(names("v1.51.0", "v1.51.0")).toEqual(["downgrade:api"]);
    expect(names("v1.51.0", "v1.50.0")).toEqual(["downgrade:migrate"]);
  });

  it("is accepted by name, and others are not by that", () => {
    const running = [
      container("api", { configHash: "old" }, { image: "getlago/api:v1.51.0" }),
      container("db", { configHash: "old" }, { image: "postgres:15" }),
    ];
    const services = [
      declared("api", {}, { image: "getlago/api:v1.50.0" }),
      declared("db", {}, { image: "postgres:16" }),
    ];
    const { risks } = makePlan(
      subject(services, running, { acceptedRisks: new Set(["downgrade:api"]) }),
    );
    expect(risks.map(({ name, accepted }) => [name, accepted])).toEqual([
      ["downgrade:api", true],
      ["postgres-image:db", false],
    ]);
  });
});

describe("a volume", () => {
  it("that a service no longer has is named, and what is only added is not", () => {
    const risks = risksOf({ mounts: ["a:/data", "b:/more"] }, { mounts: ["b:/more", "c:/new"] });
    expect(risks).toEqual([
      {
        name: "unmounted:db:/data",
        subject: "db",
        message: expect.stringContaining("db no longer has a:/data: "),
        accepted: false,
      },
    ]);
  });

  it("that a service has at another place is named", () => {
    expect(risksOf({ mounts: ["a:/data"] }, { mounts: ["a:/elsewhere"] })).toHaveLength(1);
  });

  it("that may only be read, or may be written again, is not lost", () => {
    expect(risksOf({ mounts: ["a:/data"] }, { mounts: ["a:/data:ro"] })).toEqual([]);
    expect(risksOf({ mounts: ["a:/data:ro"] }, { mounts: ["a:/data"] })).toEqual([]);
  });

  const missing = (existing: readonly string[], running = [container("db")]) =>
    makePlan(
      subject([declared("db")], running, {
        observed: observed(running, { volumes: existing }),
        volumes: ["lago_a", "lago_b"],
      }),
    ).risks;

  it("that is gone would come back empty, which is said loudly", () => {
    expect(missing(["lago_a"])).toEqual([
      {
        name: "empty-volume:lago_b",
        subject: "lago_b",
        message: expect.stringMatching(/lago_b does not exist.*EMPTY/),
        accepted: false,
      },
    ]);
    expect(missing(["lago_a"], [])).toHaveLength(1);
    expect(missing([])).toHaveLength(2);
  });

  it("is no risk where its service runs without it: no engine removes a volume that is in use", () => {
    const running = [container("db", {}, { mounts: ["lago_a:/data"] })];
    const services = [declared("db", {}, { mounts: ["lago_a:/data", "lago_b:/more"] })];
    const here = observed(running, { volumes: ["lago_a"] });
    const risks = (containers: typeof running) =>
      makePlan(
        subject(services, containers, {
          observed: { ...here, containers },
          volumes: ["lago_a", "lago_b"],
        }),
      ).risks.map(({ name }) => name);
    expect(risks(running)).toEqual([]);
    expect(risks([])).toEqual(["empty-volume:lago_b"]);
  });

  it("is no risk where it exists, or where nothing was ever deployed", () => {
    expect(missing(["lago_a", "lago_b", "lago_c"])).toEqual([]);
    expect(missing([], [])).toEqual([]);
  });
});

it("is none of a service that is new, goes, or is not declared", () => {
  const plan = (services: Parameters<typeof subject>[0], running: Parameters<typeof subject>[1]) =>
    makePlan(subject(services, running)).risks;
  expect(plan([declared("db")], [])).toEqual([]);
  expect(plan([], [container("db")])).toEqual([]);
});
