import { describe, expect, it } from "vitest";
import type { ObservedContainer } from "../../../src/observe/containers.ts";
import { isUp, planService, shortImageId } from "../../../src/plan/service-plan.ts";
import {
  type DeclaredService,
  type Reason,
  SERVICE_ACTIONS,
  type ServiceAction,
} from "../../../src/plan/types.ts";
import { container, declared, IMAGE_ID } from "../../support/plans.ts";

const OTHER_IMAGE = `sha256:${"2".repeat(64)}`;

const planned = (
  service: DeclaredService,
  containers: readonly ObservedContainer[],
  imageId: string | undefined = IMAGE_ID,
) =>
  planService({ declared: service, containers, imageId, imageVariables: () => new Set(["PATH"]) });

const said = (message: string): Reason => ({ part: "state", message });

interface Case {
  readonly service?: DeclaredService;
  readonly containers: readonly ObservedContainer[];
  readonly action: ServiceAction;
  readonly reasons?: readonly Reason[];
  readonly downtime?: boolean;
}

const API = declared("api");
const ONE_SHOT = declared("api", { oneShot: true });
const exited = (exitCode: number) => container("api", { state: "exited", exitCode });
const scaled = (scale: number, fields = {}) => declared("api", { scale, ...fields });
const definition: Reason = { part: "definition" };

const CASES: [string, Case][] = [
  ["one that runs as declared", { containers: [container("api")], action: "stays" }],
  [
    "one that is starting",
    { containers: [container("api", { health: "starting" })], action: "stays" },
  ],
  [
    "one that is between two lives",
    { containers: [container("api", { state: "restarting" })], action: "stays" },
  ],
  ["one without a container", { containers: [], action: "created" }],
  ["one that is to have none", { service: scaled(0), containers: [], action: "stays" }],
  [
    "one that is to have none any more, whatever it was made of",
    {
      service: scaled(0, { configHash: "other" }),
      containers: [container("api")],
      action: "removed",
      reasons: [said("1 -> 0 containers")],
    },
  ],
  [
    "one that is to have more",
    {
      service: scaled(3),
      containers: [container("api")],
      action: "created",
      reasons: [said("1 -> 3 containers")],
    },
  ],
  [
    "one that is to have fewer",
    {
      service: scaled(1),
      containers: [container("api"), container("api")],
      action: "removed",
      reasons: [said("2 -> 1 containers")],
    },
  ],
  [
    "one of which compose's hash is another and nothing else that is known",
    {
      containers: [container("api", { configHash: "old" })],
      action: "recreated",
      reasons: [definition],
      downtime: true,
    },
  ],
  [
    "one that is to be made of something else",
    {
      containers: [container("api", { configHash: "old" }, { memoryBytes: 1024 ** 2 })],
      action: "recreated",
      reasons: [{ part: "memory limit", from: "1 MiB", to: "none" }],
      downtime: true,
    },
  ],
  [
    "one of whose containers only one is out of date, and that are to be more",
    {
      service: scaled(3),
      containers: [container("api"), container("api", { configHash: "old" })],
      action: "recreated",
      reasons: [definition, said("2 -> 3 containers")],
      downtime: true,
    },
  ],
  [
    "one that is out of date and does not run",
    {
      containers: [container("api", { configHash: "old", state: "exited" })],
      action: "recreated",
      reasons: [definition],
    },
  ],
  [
    "one whose image was built anew",
    {
      containers: [container("api", { imageId: OTHER_IMAGE })],
      action: "recreated",
      reasons: [{ part: "image content", from: "2".repeat(12), to: "1".repeat(12) }],
      downtime: true,
    },
  ],
  [
    "one that had ended",
    {
      containers: [exited(137)],
      action: "started",
      reasons: [said("it had ended with exit code 137")],
    },
  ],
  [
    "one that had ended well, which it should not",
    {
      containers: [exited(0)],
      action: "started",
      reasons: [said("it had ended with exit code 0")],
    },
  ],
  [
    "one that was never started",
    {
      containers: [container("api", { state: "created" })],
      action: "started",
      reasons: [said("it was created")],
    },
  ],
  [
    "one that is paused",
    {
      containers: [container("api", { state: "paused" })],
      action: "started",
      reasons: [said("it was paused")],
    },
  ],
  [
    "one of which one container of two had ended",
    {
      service: scaled(2),
      containers: [container("api"), exited(1)],
      action: "started",
      reasons: [said("it had ended with exit code 1")],
    },
  ],
  [
    "one that is unhealthy",
    {
      containers: [container("api", { health: "unhealthy" })],
      action: "restarted",
      reasons: [said("it is unhealthy")],
      downtime: true,
    },
  ],
  [
    "a service that has done its work",
    {
      containers: [container("api", { state: "exited", exitCode: 0, mayEnd: true })],
      action: "runs again",
    },
  ],
  ["a one-shot that is done", { service: ONE_SHOT, containers: [exited(0)], action: "runs again" }],
  ["a one-shot that failed", { service: ONE_SHOT, containers: [exited(1)], action: "runs again" }],
  ["a one-shot at work", { service: ONE_SHOT, containers: [container("api")], action: "stays" }],
  ["a one-shot that never ran", { service: ONE_SHOT, containers: [], action: "created" }],
];

describe("a service by itself", () => {
  it.each(CASES)(
    "%s",
    (_, { service = API, containers, action, reasons = [], downtime = false }) => {
      expect(planned(service, containers)).toEqual({ service: "api", action, reasons, downtime });
    },
  );

  it("comes to every action that is not for the undeclared", () => {
    const found = new Set(CASES.map(([, { action }]) => action));
    expect(SERVICE_ACTIONS.filter((action) => !found.has(action))).toEqual(["left alone"]);
  });

  it("stays when the engine does not have its image, whose content nobody knows then", () => {
    const running = [container("api", { imageId: OTHER_IMAGE })];
    const subject = { declared: API, containers: running, imageId: undefined };
    expect(planService({ ...subject, imageVariables: () => undefined })).toMatchObject({
      action: "stays",
    });
  });

  it("is not said to have another content when it has another name", () => {
    const old = container("api", { configHash: "old", imageId: OTHER_IMAGE }, { image: "a:1" });
    expect(planned(API, [old]).reasons).toEqual([
      { part: "image", from: "a:1", to: "getlago/api:v1.50.0" },
    ]);
  });
});

it.each([
  ["running", true],
  ["restarting", true],
  ["exited", false],
  ["created", false],
  ["paused", false],
  ["dead", false],
])("%s is up: %s", (state, up) => {
  expect(isUp(state)).toBe(up);
});

it("shows an image's content as docker does", () => {
  expect(shortImageId(OTHER_IMAGE)).toBe("2".repeat(12));
});

describe("a service whose hash only a start knows", () => {
  const OPEN = declared("api", { configHash: "" });

  it("stays where its container has all that is declared, whatever the hash", () => {
    expect(planned(OPEN, [container("api", { configHash: "of a start" })]).action).toBe("stays");
  });

  it("is recreated where a part of the container differs", () => {
    const other = container("api", {}, { image: "getlago/api:v1.49.0" });
    expect(planned(OPEN, [other])).toMatchObject({
      action: "recreated",
      reasons: [{ part: "image" }],
    });
    expect(planned(OPEN, [container("api")], OTHER_IMAGE).action).toBe("recreated");
  });
});
