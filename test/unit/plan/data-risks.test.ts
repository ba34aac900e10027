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
      { subject: "db", message: expect.stringContaining(`db changes from ${from} to ${to}: `) },
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
    const api = { image: "getlago/api:v2.0.0" };
    expect(risksOf({ image: "getlago/api:v1.0.0" }, api, "api")).toEqual([]);
  });
});

describe("a volume", () => {
  it("that a service no longer has is named, and what is only added is not", () => {
    const risks = risksOf({ mounts: ["a:/data", "b:/more"] }, { mounts: ["b:/more", "c:/new"] });
    expect(risks).toEqual([
      { subject: "db", message: expect.stringContaining("db no longer has a:/data: ") },
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
      { subject: "lago_b", message: expect.stringMatching(/lago_b does not exist.*EMPTY/) },
    ]);
    expect(missing(["lago_a"], [])).toHaveLength(1);
    expect(missing([])).toHaveLength(2);
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
