/** What is not as the compose file wants it is found in docker's own account. */
import { describe, expect, it } from "vitest";
import type { Inspected } from "../../../../testing/docker.ts";
import { unreachedServices } from "../../../../testing/world/containers.ts";

const DOCUMENT = {
  services: {
    api: { image: "getlago/api:v1", environment: { SWITCH: "${SWITCH:-}" } },
    migrate: { image: "getlago/api:v1", restart: "no" },
  },
};

const RESTARTED = {
  State: { Status: "running", ExitCode: 0, StartedAt: new Date().toISOString() },
  RestartCount: 3,
};

function container(state: object, image = "getlago/api:v1", env: string[] = []): Inspected {
  return {
    Id: "1",
    Name: "x",
    State: { Status: "running", ExitCode: 0, StartedAt: "", ...state },
    RestartCount: 0,
    Mounts: [],
    Config: { Env: env, Image: image, Labels: {} },
    HostConfig: { PortBindings: null },
  };
}

const API = container({ Health: { Status: "healthy" } }, undefined, ["SWITCH=on"]);
const MIGRATE = container({ Status: "exited" });
const judge = (api: Inspected | undefined, migrate: Inspected) =>
  unreachedServices(
    DOCUMENT,
    new Map([...(api === undefined ? [] : [["api", api] as const]), ["migrate", migrate] as const]),
    { SWITCH: "on" },
    ["SWITCH"],
  );

describe("containers", () => {
  it("are as wanted", () => {
    expect(judge(API, MIGRATE)).toEqual([]);
    const since = { ...RESTARTED.State, StartedAt: "2026-01-01T00:00:00Z" };
    expect(judge({ ...API, ...RESTARTED, State: since }, MIGRATE)).toEqual([]);
  });

  it.each([
    ["api has no container", undefined, MIGRATE],
    ["api is exited", container({ Status: "exited" }, undefined, ["SWITCH=on"]), MIGRATE],
    [
      "api is starting",
      { ...API, State: { ...API.State, Health: { Status: "starting" } } },
      MIGRATE,
    ],
    ["api runs getlago/api:v0", container({}, "getlago/api:v0", ["SWITCH=on"]), MIGRATE],
    ["api was restarted 3 times, just now too", { ...API, ...RESTARTED }, MIGRATE],
    ["api runs without the new SWITCH", container({}), MIGRATE],
    ["migrate is running with exit code 0", API, container({})],
    ["migrate is exited with exit code 1", API, container({ Status: "exited", ExitCode: 1 })],
  ])("are not: %s", (reason, api, migrate) => {
    expect(judge(api, migrate)).toEqual([reason]);
  });
});
