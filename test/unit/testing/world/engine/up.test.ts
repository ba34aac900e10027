/** The modeled engine does what compose does with containers. */
import { describe, expect, it } from "vitest";
import { standingOf } from "../../../../../testing/world/containers.ts";
import type { EngineState, Misbehaviors } from "../../../../../testing/world/engine/state.ts";
import {
  projectOf,
  type ResolvedProject,
  serviceOf,
  up,
} from "../../../../../testing/world/engine/up.ts";

const healthcheck = { test: ["CMD", "x"], interval: "2s" };
const PROJECT: ResolvedProject = {
  name: "lago",
  services: {
    api: {
      image: "getlago/api:v1",
      healthcheck,
      depends_on: { migrate: { condition: "service_completed_successfully" } },
    },
    db: { image: "postgres:15", restart: "always", healthcheck },
    migrate: {
      image: "getlago/api:v1",
      restart: "no",
      depends_on: { db: { condition: "service_healthy" } },
    },
  },
  volumes: { data: {} },
};
const API = { ...PROJECT.services.api, restart: "always" };
const WHOLE: ResolvedProject = { ...PROJECT, services: { ...PROJECT.services, api: API } };

const EMPTY: EngineState = { containers: [], images: [], volumes: [], networks: [], made: 0 };
const hashes = (api = "1") =>
  new Map([
    ["api", api],
    ["db", "1"],
    ["migrate", "1"],
  ]);
const start = (state: EngineState, misbehaviors: Misbehaviors = {}, api?: string) =>
  up(state, WHOLE, hashes(api), misbehaviors);
const statesOf = ({ containers }: EngineState) =>
  Object.fromEntries(containers.map((one) => [serviceOf(one), one.State.Status]));
const standing = ({ containers }: EngineState) =>
  standingOf(new Map(containers.map((one) => [serviceOf(one), one])), ["migrate"]);

describe("up", () => {
  const first = start(EMPTY);

  it("starts everything, with its volumes and network", () => {
    expect(first.failure).toBe("");
    expect(statesOf(first.state)).toEqual({ api: "running", db: "running", migrate: "exited" });
    expect(first.state.volumes.map(({ name }) => name)).toEqual(["lago_data"]);
    expect(first.state.networks).toEqual(["lago_default"]);
  });

  it("changes nothing the second time but for one-shots, which run again", () => {
    const second = start(first.state);
    expect(standing(second.state)).toEqual(standing(first.state));
    expect(second.state.made).toBe(first.state.made + 1);
  });

  it("replaces only what is made of something else", () => {
    const changed = start(first.state, {}, "2");
    expect(standing(changed.state).db).toBe(standing(first.state).db);
    expect(standing(changed.state).api).not.toBe(standing(first.state).api);
  });

  it("begins another project beside the first one, without its data", () => {
    const other = up(first.state, { ...WHOLE, name: "lago-b" }, hashes(), {}).state;
    const projects = other.containers.map(projectOf);
    expect(projects.filter((name) => name === "lago")).toHaveLength(3);
    expect(projects.filter((name) => name === "lago-b")).toHaveLength(3);
    expect(other.volumes.map(({ name }) => name)).toEqual(["lago_data", "lago-b_data"]);
    expect(other.networks).toEqual(["lago_default", "lago-b_default"]);
  });

  it("makes and does not start what waits for a one-shot that fails", () => {
    const failed = start(EMPTY, { migrate: { exitCode: 7 } });
    expect(failed.failure).toBe(`service "migrate" didn't complete successfully: exit 7`);
    expect(statesOf(failed.state)).toEqual({ api: "created", db: "running", migrate: "exited" });
    expect(statesOf(start(failed.state).state).api).toBe("running");
  });

  it.each([
    [{ db: { unhealthy: true } }, "dependency failed to start: container lago-db-1 is unhealthy"],
    [{ db: { exitCode: 1 } }, "dependency failed to start: container lago-db-1 is unhealthy"],
  ])("stops at %j", (misbehaviors, failure) => {
    const failed = start(EMPTY, misbehaviors);
    expect(failed.failure).toBe(failure);
    expect(statesOf(failed.state)).toMatchObject({ migrate: "created", api: "created" });
  });
});
