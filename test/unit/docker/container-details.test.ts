import { describe, expect, it } from "vitest";
import { containerDetails } from "../../../src/docker/container-details.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";
import { fixture } from "../../support/fixtures.ts";

const detailsOf = (...containers: object[]) =>
  containerDetails(
    parseContainers(
      containers.map((one) => ({ Id: "1", State: {}, Config: {}, HostConfig: {}, ...one })),
    ),
  );

it("tells restarts and the last start of recorded containers", () => {
  const containers = detailsOf(...JSON.parse(fixture("docker", "inspect-26.1.json")));
  expect(containers).toHaveLength(3);
  expect(containers[0]).toEqual({
    id: "7dc689a4914e77bfc02274ff246d0dc6e2c916a1a9e6ea73a02748c236ecc77c",
    imageId: "sha256:3baa18de222474097ac631322538cf594d10617ef6890782028ae6ae40eef9af",
    secrets: [],
    restartCount: 0,
    startedAt: "2026-11-23T01:02:58.359954618Z",
    restarts: false,
    lastExitCode: undefined,
    healthOutput: "",
    name: "lago-dev-db",
    service: "",
    state: "running",
    health: "",
    exitCode: 0,
    image: "",
    labels: {},
    ports: [],
  });
  expect(containers.map(({ exitCode, lastExitCode }) => [exitCode, lastExitCode])).toEqual([
    [0, undefined],
    [3, 3],
    [0, undefined],
  ]);
});

it("tells the exit code of the run before, also while the container is started again", () => {
  const State = { Status: "restarting", ExitCode: 7 };
  expect(detailsOf({ State })).toMatchObject([
    { state: "restarting", exitCode: 0, lastExitCode: 7 },
  ]);
});

it.each([
  ["no", false],
  ["", false],
  ["always", true],
  ["unless-stopped", true],
  ["on-failure", true],
])("knows whether the engine restarts a container of policy %j", (name, restarts) => {
  const container = { RestartCount: 2, HostConfig: { RestartPolicy: { Name: name } } };
  expect(detailsOf(container)).toMatchObject([
    { id: "1", restartCount: 2, startedAt: "", restarts },
  ]);
});

it.each([
  ["runs", "running", 0, 0, true],
  ["ended with exit code 0", "exited", 0, 0, false],
  ["failed", "exited", 1, 1, true],
  ["failed too often", "exited", 1, 3, false],
])(
  "knows whether the engine restarts a container on failure that %s",
  (_, Status, ExitCode, RestartCount, restarts) => {
    const RestartPolicy = { Name: "on-failure", MaximumRetryCount: 3 };
    const container = { RestartCount, State: { Status, ExitCode }, HostConfig: { RestartPolicy } };
    expect(detailsOf(container)).toMatchObject([{ restarts }]);
  },
);

it("tells the secrets in a container's environment, by their names", () => {
  const Env = ["LAGO_API_URL=http://localhost", "SECRET_KEY_BASE=a=b c", "MY_OWN_TOKEN=d", "ODD"];
  expect(detailsOf({ Config: { Env } })[0]?.secrets).toEqual(["a=b c", "d"]);
});

describe("the output of health checks", () => {
  const outputOf = (Log: unknown) => {
    const State = { Health: Log === undefined ? undefined : { Status: "unhealthy", Log } };
    return detailsOf({ State })[0]?.healthOutput;
  };
  const probe = (ExitCode: number, Output: string) => ({ ExitCode, Output });

  it.each([
    ["no health check", undefined, ""],
    ["none so far", null, ""],
    ["one that passed", [probe(0, "fine")], ""],
    ["the last that failed", [probe(1, "first"), probe(1, "second"), probe(0, "fine")], "second"],
    ["one that could not be run", [probe(-1, "no curl")], "no curl"],
  ])("is that of %s", (_, log, output) => {
    expect(outputOf(log)).toBe(output);
  });

  it("ends before a line that the engine has cut off, which may be half a secret", () => {
    expect(outputOf([probe(1, `first\n${"x".repeat(4090)}`)])).toBe("first\n");
    expect(outputOf([probe(1, "x".repeat(4096))])).toBe("");
    expect(outputOf([probe(1, "x".repeat(4095))])).toHaveLength(4095);
  });
});

it.each([{}, { Id: 1 }, "a", null])("refuses %j", (container) => {
  expect(() => parseContainers([container])).toThrow(
    expect.objectContaining({ kind: "ParseError" }),
  );
});
