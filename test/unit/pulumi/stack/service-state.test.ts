import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObservedContainer } from "../../../../src/observe/containers.ts";
import type { ObservedProject } from "../../../../src/observe/observed-project.ts";
import type { DeclaredService } from "../../../../src/plan/types.ts";
import {
  declarationOfState,
  declaredState,
  observeService,
} from "../../../../src/pulumi/stack/service-state.ts";
import { toStateJson } from "../../../../src/pulumi/stack/wire.ts";
import { anyText } from "../../../support/arbitraries.ts";
import { CONTAINER_SPEC, container, declared, observed } from "../../../support/plans.ts";

const OLD = { configHash: "old" };
const OTHER_IMAGE = `sha256:${"2".repeat(64)}`;

describe("a service as it is declared", () => {
  it("is flat and easy to read", () => {
    const service = declared("api", {
      scale: 2,
      dependsOn: [
        { name: "db", restart: true },
        { name: "migrate", restart: false },
      ],
    });
    expect(declaredState(service)).toEqual({
      ...CONTAINER_SPEC,
      settings: "hash",
      containers: 2,
      state: "running",
      oneShot: false,
      dependsOn: { db: "restarted with it", migrate: "waits for it" },
    });
    expect(declaredState(declared("migrate", { oneShot: true }))).toMatchObject({
      state: "completed",
      oneShot: true,
    });
  });

  it("is found again in its state, also as Pulumi keeps it", () => {
    const optional = fc.option(anyText(), { nil: undefined });
    const texts = fc.array(anyText(), { maxLength: 3 });
    const service: fc.Arbitrary<DeclaredService> = fc.record({
      name: anyText({ minLength: 1 }),
      configHash: anyText(),
      scale: fc.nat({ max: 9 }),
      oneShot: fc.boolean(),
      dependsOn: fc.uniqueArray(
        fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/), restart: fc.boolean() }),
        { selector: ({ name }) => name, maxLength: 4 },
      ),
      spec: fc.record({
        image: anyText(),
        environment: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,20}$/), anyText()),
        ports: texts,
        mounts: texts,
        memoryBytes: fc.nat(),
        command: optional,
        healthCheck: optional,
        restartPolicy: anyText(),
        logging: optional,
        restartToken: optional,
      }),
    });
    fc.assert(
      fc.property(service, (one) => {
        expect(declarationOfState(one.name, declaredState(one))).toEqual(one);
        expect(declarationOfState(one.name, toStateJson(declaredState(one)))).toEqual(one);
      }),
    );
  });
});

describe("a service as it is found", () => {
  const found = (
    service: DeclaredService,
    containers: readonly ObservedContainer[],
    engine: Partial<Omit<ObservedProject, "containers">> = {},
  ) => observeService(service, observed(containers, engine))?.state;

  it.each<[string, DeclaredService, ObservedContainer[]]>([
    ["it runs", declared("api"), [container("api")]],
    ["it is starting", declared("api"), [container("api", { health: "starting" })]],
    ["two run", declared("api", { scale: 2 }), [container("api"), container("api")]],
    ["it has variables of its image", declared("api"), [container("api", {}, { environment: {} })]],
    ["it ran", declared("api", { oneShot: true }), [container("api", { state: "exited" })]],
    ["it runs once", declared("api", { oneShot: true }), [container("api")]],
    ["it ran and was cleaned up", declared("api", { oneShot: true }), []],
    ["none is to be there", declared("api", { scale: 0 }), []],
  ])("is to the letter as declared where %s", (_, service, containers) => {
    expect(found(service, containers)).toEqual(declaredState(service));
  });

  it("is nothing where it is gone", () => {
    expect(found(declared("api"), [])).toBeUndefined();
  });

  it.each<[string, object, Partial<ObservedContainer>, DeclaredService?]>([
    ["an end", { state: "exited (137)" }, { state: "exited", exitCode: 137 }],
    ["an end that is good for others", { state: "exited (0)" }, { state: "exited" }],
    [
      "a failed one-shot",
      { state: "exited (1)" },
      { state: "exited", exitCode: 1 },
      declared("api", { oneShot: true }),
    ],
    ["bad health", { state: "unhealthy" }, { health: "unhealthy" }],
    ["a pause", { state: "paused" }, { state: "paused" }],
    ["one that never ran", { state: "created" }, { state: "created" }],
  ])("shows %s and nothing else", (_, difference, fields, service = declared("api")) => {
    const { spec: _spec, ...rest } = fields;
    expect(found(service, [container("api", rest)])).toEqual({
      ...declaredState(service),
      ...difference,
    });
  });

  it("shows how many there are, and what one of them does", () => {
    const two = declared("api", { scale: 2 });
    expect(found(two, [container("api")])).toEqual({ ...declaredState(two), containers: 1 });
    const three = [1, 2, 3].map(() => container("api"));
    expect(found(two, three)).toEqual({ ...declaredState(two), containers: 3 });
    const ended = [container("api"), container("api", { state: "exited", exitCode: 2 })];
    expect(found(two, ended)).toEqual({ ...declaredState(two), state: "exited (2)" });
  });

  it("shows what it was made of", () => {
    const from = {
      image: "getlago/api:v1.43.0",
      environment: { LAGO_API_URL: "http://old", EXTRA: "1", PATH: "/bin" },
      ports: [],
      mounts: ["a:/a"],
      memoryBytes: 7,
      restartPolicy: "no",
      restartToken: "1",
    };
    expect(found(declared("api"), [container("api", OLD, from)])).toEqual({
      ...declaredState(declared("api")),
      ...from,
      environment: { LAGO_API_URL: "http://old", EXTRA: "1" },
      settings: "old",
    });
  });

  it("shows nothing of what was not declared", () => {
    const own = { command: "c", healthCheck: "h", logging: "l" };
    const service = declared("api");
    expect(found(service, [container("api", OLD, own)])).toEqual({
      ...declaredState(service),
      settings: "old",
    });
    const other = declared("api", {}, { command: "d", healthCheck: "h", logging: "m" });
    expect(found(other, [container("api", OLD, own)])).toMatchObject(own);
  });

  it("claims no variable where the image is not there to tell whose it is", () => {
    const from = { environment: { EXTRA: "1" } };
    const state = found(declared("api"), [container("api", OLD, from)], {
      imageVariables: () => undefined,
    });
    expect(state?.environment).toEqual({});
  });

  it("shows another content of the same image, and claims none where it is not known", () => {
    const service = declared("api");
    const moved = container("api", { imageId: OTHER_IMAGE });
    expect(found(service, [moved])).toEqual({
      ...declaredState(service),
      image: "getlago/api:v1.50.0 (222222222222)",
    });
    const gone = { imageId: () => undefined };
    expect(found(service, [moved], gone)).toEqual(declaredState(service));
    expect(found(service, [{ ...moved, ...OLD }], gone)?.image).toBe("getlago/api:v1.50.0");
  });
});
