import { describe, expect, it } from "vitest";
import type { ObservedContainer } from "../../../src/observe/containers.ts";
import type { ObservedProject } from "../../../src/observe/observed-project.ts";
import { driftOf } from "../../../src/plan/drift.ts";
import { type DeclaredService, DRIFT_KINDS, type Drift } from "../../../src/plan/types.ts";
import {
  CONTAINER_SPEC,
  container,
  declared,
  IMAGE_ID,
  observed,
  subject,
} from "../../support/plans.ts";

interface Case {
  readonly service?: DeclaredService;
  readonly containers: readonly ObservedContainer[];
  readonly engine?: Partial<Omit<ObservedProject, "containers">>;
  readonly drift: readonly Drift[];
}

const OLD = { configHash: "old" };
const ONE_SHOT = declared("api", { oneShot: true });
const scaled = (scale: number) => declared("api", { scale });
const exited = (exitCode: number) => container("api", { state: "exited", exitCode });
const drift = (kind: Drift["kind"], message: string, more: Partial<Drift> = {}): Drift => ({
  kind,
  subject: "api",
  message,
  ...more,
});
const settings = "api runs with other settings (running -> declared): ";

const CASES: [string, Case][] = [
  ["nothing, where all is as declared", { containers: [container("api")], drift: [] }],
  [
    "nothing, while it starts and between two lives",
    {
      service: scaled(2),
      containers: [
        container("api", { health: "starting" }),
        container("api", { state: "restarting" }),
      ],
      drift: [],
    },
  ],
  ["a service that is gone", { containers: [], drift: [drift("missing", "api is missing")] }],
  [
    "a container of two that is gone",
    {
      service: scaled(2),
      containers: [container("api")],
      drift: [drift("missing", "api has 1 of 2 containers")],
    },
  ],
  [
    "nothing, where it has done its work",
    {
      containers: [container("api", { state: "exited", exitCode: 0, mayEnd: true })],
      drift: [],
    },
  ],
  [
    "a service that failed although its work has an end",
    {
      containers: [container("api", { state: "exited", exitCode: 1, mayEnd: true })],
      drift: [drift("exited", "api has ended with exit code 1", { exitCode: 1 })],
    },
  ],
  [
    "a service that ended with a code",
    {
      containers: [exited(137)],
      drift: [drift("exited", "api has ended with exit code 137", { exitCode: 137 })],
    },
  ],
  [
    "a service that ended well, which it should not",
    {
      containers: [exited(0)],
      drift: [drift("exited", "api has ended with exit code 0", { exitCode: 0 })],
    },
  ],
  ["a one-shot that is done", { service: ONE_SHOT, containers: [exited(0)], drift: [] }],
  ["a one-shot that is done and cleaned up", { service: ONE_SHOT, containers: [], drift: [] }],
  ["a one-shot at work", { service: ONE_SHOT, containers: [container("api")], drift: [] }],
  [
    "a one-shot that was only made",
    { service: ONE_SHOT, containers: [container("api", { state: "created" })], drift: [] },
  ],
  [
    "a one-shot that failed",
    {
      service: ONE_SHOT,
      containers: [exited(3)],
      drift: [drift("exited", "api has ended with exit code 3", { exitCode: 3 })],
    },
  ],
  [
    "a service that is paused, and one that was never started",
    {
      service: scaled(2),
      containers: [container("api", { state: "paused" }), container("api", { state: "created" })],
      drift: [drift("exited", "api is paused"), drift("exited", "api is created")],
    },
  ],
  [
    "a service that is unhealthy",
    {
      containers: [container("api", { health: "unhealthy" })],
      drift: [drift("unhealthy", "api is unhealthy")],
    },
  ],
  [
    "another release of the image",
    {
      containers: [container("api", OLD, { image: "getlago/api:v1.43.0" })],
      drift: [
        drift("version", "api runs getlago/api:v1.43.0, and getlago/api:v1.50.0 is declared"),
      ],
    },
  ],
  [
    "another release of an image from a registry with a port, by digest",
    {
      service: declared("api", {}, { image: "example.com:5000/api@sha256:12" }),
      containers: [container("api", OLD, { image: "example.com:5000/api:v1" })],
      drift: [
        drift(
          "version",
          "api runs example.com:5000/api:v1, and example.com:5000/api@sha256:12 is declared",
        ),
      ],
    },
  ],
  [
    "another image",
    {
      containers: [container("api", OLD, { image: "example.com/api:v1.50.0" })],
      drift: [
        drift("image", "api runs example.com/api:v1.50.0, and getlago/api:v1.50.0 is declared"),
      ],
    },
  ],
  [
    "another content of the image",
    {
      containers: [container("api", { imageId: `sha256:${"2".repeat(64)}` })],
      drift: [drift("image", "api: image content changed (222222222222 -> 111111111111)")],
    },
  ],
  [
    "another port",
    {
      containers: [container("api", OLD, { ports: ["0.0.0.0:80->3000/tcp"] })],
      drift: [
        drift(
          "port",
          "api: ports 0.0.0.0:80->3000/tcp -> 127.0.0.1:3000->3000/tcp (running -> declared)",
        ),
      ],
    },
  ],
  [
    "other settings",
    {
      containers: [
        container("api", OLD, { memoryBytes: 1024 ** 2, environment: { LAGO_API_URL: "x" } }),
      ],
      drift: [
        drift(
          "configuration",
          `${settings}variable LAGO_API_URL changed (x -> http://localhost:3000); memory limit 1 MiB -> none`,
        ),
      ],
    },
  ],
  [
    "something that only compose knows",
    {
      containers: [container("api", OLD)],
      drift: [drift("configuration", `${settings}its definition in the compose files changed`)],
    },
  ],
  [
    "several things at once, by kind",
    {
      containers: [
        container("api", { ...OLD, health: "unhealthy" }, { image: "a", ports: [], command: "x" }),
      ],
      service: declared("api", {}, { command: "y" }),
      drift: [
        drift("unhealthy", "api is unhealthy"),
        drift("image", "api runs a, and getlago/api:v1.50.0 is declared"),
        drift("port", "api: ports none -> 127.0.0.1:3000->3000/tcp (running -> declared)"),
        drift("configuration", `${settings}command changed`),
      ],
    },
  ],
  [
    "one container of two with other settings",
    {
      service: scaled(2),
      containers: [container("api"), container("api", OLD, { restartPolicy: "no" })],
      drift: [drift("configuration", `${settings}restart policy no -> unless-stopped`)],
    },
  ],
  [
    "more containers than declared",
    {
      containers: [container("api"), container("api")],
      drift: [drift("orphan", "api has too many containers: 2 instead of 1")],
    },
  ],
  [
    "containers where none is declared, whatever they do",
    {
      service: scaled(0),
      containers: [container("api", { ...OLD, state: "exited" })],
      drift: [drift("orphan", "api has too many containers: 1 instead of 0")],
    },
  ],
  [
    "a service that is not declared",
    {
      containers: [container("api"), container("other"), container("other")],
      drift: [
        drift("orphan", "other is in project lago-test and is not declared", { subject: "other" }),
      ],
    },
  ],
  [
    "a volume that does not exist",
    {
      containers: [container("api")],
      engine: { volumes: ["lago_a"] },
      drift: [drift("volume", "volume lago_b does not exist", { subject: "lago_b" })],
    },
  ],
];

const found = ({ service = declared("api"), containers, engine }: Case) =>
  driftOf(
    subject([service], containers, {
      observed: observed(containers, { volumes: ["lago_a", "lago_b"], ...engine }),
      volumes: ["lago_a", "lago_b"],
    }),
  );

describe("drift", () => {
  it.each(CASES)("is found: %s", (_, one) => {
    expect(found(one)).toEqual(one.drift);
  });

  it("is of every kind in these cases", () => {
    const kinds = new Set(CASES.flatMap(([, one]) => one.drift.map(({ kind }) => kind)));
    expect(DRIFT_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it("is none of the volumes where nothing was ever deployed", () => {
    const containers: ObservedContainer[] = [];
    expect(found({ containers, engine: { volumes: [] }, drift: [] })).toEqual([
      drift("missing", "api is missing"),
    ]);
  });

  it("is none of the image when the engine does not have it", () => {
    const other = container("api", { imageId: `sha256:${"2".repeat(64)}` });
    expect(found({ containers: [other], engine: { imageId: () => undefined }, drift: [] })).toEqual(
      [],
    );
    expect(other.imageId).not.toBe(IMAGE_ID);
  });

  it("is told briefly, however much differs", () => {
    const environment = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`NAME_${index}`, "x".repeat(80)]),
    );
    const ports = Array.from({ length: 1_000 }, (_, index) => `0.0.0.0:${index}->${index}/tcp`);
    const containers = [container("api", OLD, { ...CONTAINER_SPEC, environment, ports })];
    const [port, configuration, ...more] = found({ containers, drift: [] });
    expect(more).toEqual([]);
    for (const one of [port, configuration]) {
      expect(one?.message.length).toBeLessThan(800);
    }
    expect(configuration?.message).toMatch(/NAME_0 is gone; .*; and 993 more$/);
  });
});
