import { describe, expect, it } from "vitest";
import { deployStatus, serviceStatusOf } from "../../../src/deployment/status.ts";
import { parsePs } from "../../../src/docker/compose-ps.ts";
import { fixture } from "../../support/fixtures.ts";

describe("serviceStatusOf", () => {
  it.each([
    ["running", "Running"],
    ["exited", "Stopped"],
    ["stopped", "Stopped"],
    ["dead", "Stopped"],
    ["starting", "Starting"],
    ["created", "Created"],
    ["paused", "Unknown"],
    ["restarting", "Unknown"],
    ["removing", "Unknown"],
    ["", "Unknown"],
    ["Running", "Running"],
  ])("takes %j for %s", (state, status) => {
    expect(serviceStatusOf(state)).toBe(status);
  });
});

function listOf(...lines: Record<string, unknown>[]) {
  const text = lines.map((line, n) => JSON.stringify({ ID: `${n}`, Name: `${n}`, ...line }));
  return parsePs(text.join("\n"));
}

const statusOf = (...lines: Record<string, unknown>[]) => deployStatus(listOf(...lines));

describe("deployStatus", () => {
  it("calls a service completed whose container has done its work, and only then", () => {
    const listed = listOf(
      { Service: "api", State: "running", Health: "healthy" },
      { Service: "seed", State: "exited", ExitCode: 0 },
    );
    const seen = (mayEnd: boolean) => {
      const status = deployStatus(
        listed.map((one) => (one.service === "seed" ? { ...one, mayEnd } : one)),
      );
      return [status.ready, ...status.services];
    };
    expect(seen(true)).toEqual([true, ["api", "Running"], ["seed", "Completed"]]);
    expect(seen(false)).toEqual([false, ["api", "Running"], ["seed", "Stopped"]]);
  });

  it("sums up a recorded list", () => {
    const status = deployStatus(parsePs(fixture("docker", "ps-2.26.ndjson")));
    expect(status.running).toBe(true);
    expect(status.services).toEqual([
      ["db", "Running"],
      ["migrate", "Stopped"],
      ["wide", "Running"],
    ]);
    expect(status.containers[0]).toEqual({
      service: "db",
      name: "lago-dev-db",
      index: 1,
      id: "7dc689a4914e77bfc02274ff246d0dc6e2c916a1a9e6ea73a02748c236ecc77c",
      status: "Running",
      state: "running",
      health: "healthy",
      exitCode: 0,
      image: "redis:7-alpine",
      ports: [{ address: "127.0.0.1", hostPort: 56379, containerPort: 6379, protocol: "tcp" }],
      standIn: true,
    });
  });

  it("is of nothing when there is nothing", () => {
    expect(statusOf()).toEqual({ running: false, ready: false, services: [], containers: [] });
  });

  it("is running as long as any service is", () => {
    const stopped = { Service: "api", State: "exited" };
    expect(statusOf(stopped, { Service: "db", State: "running" }).running).toBe(true);
    expect(statusOf(stopped, { Service: "db", State: "created" }).running).toBe(false);
  });

  it("tells of several containers the one that does not run", () => {
    const lines = ["running", "exited", "running"].map((State) => ({ Service: "api", State }));
    expect(statusOf(...lines).services).toEqual([["api", "Stopped"]]);
    expect(statusOf(...lines).containers).toHaveLength(3);
  });

  it("leaves out what `docker compose run` left behind", () => {
    const run = { Service: "api", State: "exited", Labels: "com.docker.compose.oneoff=True" };
    expect(statusOf(run, { Service: "db", State: "running" }).services).toEqual([
      ["db", "Running"],
    ]);
  });

  it("knows stand-in images from Lago's own", () => {
    const labels = ["z-billing-lago.stand-in=api", "z-billing-lago.note=x", ""];
    const lines = labels.map((Labels, n) => ({ Service: `s${n}`, State: "running", Labels }));
    expect(statusOf(...lines).containers.map(({ standIn }) => standIn)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
