import { describe, expect, it } from "vitest";
import type { InspectedContainer } from "../../../src/docker/container-details.ts";
import {
  isRunning,
  type Standing,
  standingText,
  stoppedServices,
  touchedServices,
} from "../../../src/stacks/standing.ts";

const container = (
  service: string,
  more: Partial<InspectedContainer> = {},
): InspectedContainer => ({
  ...{ service, id: `${service}-1`, name: service, state: "running", health: "", exitCode: 0 },
  ...{ image: "", labels: {}, ports: [], imageId: "", restartCount: 0, lastExitCode: 0 },
  ...{ startedAt: "2026-01-01T00:00:00Z", restarts: true, healthOutput: "" },
  ...more,
});
const standing = (...containers: InspectedContainer[]): Standing => ({
  ...{ projectName: "lago-prod", engine: {}, containers },
});
const MIGRATE = container("migrate", { state: "exited", restarts: false });
const ALL = standing(container("api"), container("db"), MIGRATE);
const UNKNOWN = { ...ALL, containers: undefined };

describe("the standing of services", () => {
  it.each<[Standing, string]>([
    [ALL, "All 2 services of project lago-prod run."],
    [
      standing(container("api", { state: "created" }), container("db"), MIGRATE),
      "Of project lago-prod, 1 of 2 services run; api is down.",
    ],
    [standing(), "No service of project lago-prod runs."],
    [standing(container("db", { state: "exited" })), "No service of project lago-prod runs."],
    [
      UNKNOWN,
      "The Docker engine does not answer, so the services of project lago-prod cannot be counted.",
    ],
  ])("is told in one sentence", (one, text) => {
    expect(standingText(one)).toBe(text);
  });

  it("counts declared services that have no container", () => {
    const declared = ["api", "db", "front", "pdf"].map((name) => ({ name, oneShot: false }));
    expect(standingText(ALL, [...declared, { name: "migrate", oneShot: true }])).toBe(
      "Of project lago-prod, 2 of 4 services run; front and pdf are down.",
    );
  });

  it("shows what a run has touched, and what it has stopped", () => {
    const now = standing(
      container("api", { id: "api-2" }),
      container("db", { state: "exited" }),
      container("front"),
      MIGRATE,
    );
    expect(touchedServices(ALL, now)).toEqual(["api", "db", "front"]);
    expect(stoppedServices(ALL, now)).toEqual(["db"]);
    expect(touchedServices(ALL, ALL)).toEqual([]);
    expect(touchedServices(undefined, ALL)).toEqual(["api", "db", "migrate"]);
  });

  it("is running, or not, or unknown", () => {
    expect(isRunning([standing(), ALL])).toBe(true);
    expect(isRunning([standing(MIGRATE)])).toBe(false);
    expect(isRunning([UNKNOWN, standing()])).toBeUndefined();
  });
});
