import { describe, expect, it } from "vitest";
import { parseResolved } from "../../../src/compose/resolved.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";
import { observedContainers } from "../../../src/observe/containers.ts";
import { imagesByName, imageVariables } from "../../../src/observe/images.ts";
import { differencesOf } from "../../../src/plan/differences.ts";
import { imagesIn } from "../../../testing/scripted-docker/api-answers.ts";
import { fixture } from "../../support/fixtures.ts";

const RECORDED = fixture("docker", "inspect-plan-26.1.json");
const observed = (inspected: readonly unknown[]) => observedContainers(parseContainers(inspected));
const containers = observed(JSON.parse(RECORDED));

describe("recorded containers", () => {
  it("are those of the services, by name, without those of `docker compose run`", () => {
    expect(RECORDED).toContain("worker-run-");
    expect(
      containers.map(({ service, name, state, health, exitCode }) => [
        service,
        name,
        state,
        health,
        exitCode,
      ]),
    ).toEqual([
      ["api", "lago-plan-api-1", "running", "", 0],
      ["db", "lago-plan-db-1", "running", "healthy", 0],
      ["migrate", "lago-plan-migrate-1", "exited", "", 0],
      ["worker", "lago-plan-worker-1", "running", "", 0],
      ["worker", "lago-plan-worker-2", "exited", "", 143],
    ]);
  });

  it("have compose's hash and the content of their image", () => {
    expect(containers[1]).toMatchObject({
      configHash: "b6b89165330444f19d08a990577fa84fb6bae7a76cbf71f8a95aad165ee8633e",
      imageId: "sha256:254d7f0e42c58bd9df4822c5cbd7a2198d90b0e398be697346beacf5532f3672",
      spec: { image: "getlago/postgres-partman:15.0-alpine" },
    });
  });

  it("are made of exactly what compose said that it would make them of", () => {
    const { services } = parseResolved(
      fixture("compose", "plan", "config-2.26.json"),
      fixture("compose", "plan", "config-hash-2.26.txt"),
    );
    const variables = imageVariables(JSON.parse(fixture("docker", "image-inspect-26.1.json")));
    const images = imagesByName(imagesIn(fixture("docker", "image-ls-26.1.tsv")));
    for (const { service, configHash, imageId, spec } of containers) {
      const declared = services.find(({ name }) => name === service);
      const differences = differencesOf({
        from: spec,
        to: declared?.spec ?? { ...spec, image: "not declared" },
        imageVariables: variables.get(imageId),
      });
      expect(differences, service).toEqual([]);
      expect(configHash, service).toBe(declared?.configHash);
      expect(imageId, service).toBe(images.get(spec.image));
    }
  });
});

describe("a container", () => {
  const only = (fields: {
    Config?: object;
    HostConfig?: object;
    State?: object;
    Mounts?: object;
  }) =>
    observed([
      {
        Id: "1",
        ...fields,
        State: { ...fields.State },
        Config: { ...fields.Config },
        HostConfig: { ...fields.HostConfig },
      },
    ])[0];

  it("may say hardly anything of itself", () => {
    expect(only({})).toEqual({
      id: "1",
      name: "",
      service: "",
      state: "",
      health: "",
      exitCode: 0,
      mayEnd: true,
      configHash: "",
      imageId: "",
      spec: {
        image: "",
        environment: {},
        ports: [],
        mounts: [],
        memoryBytes: 0,
        command: undefined,
        healthCheck: undefined,
        restartPolicy: "no",
        logging: undefined,
        restartToken: undefined,
      },
    });
  });

  it("is not told by its volumes without a name and its temporary folders", () => {
    const Mounts = [
      { Type: "volume", Name: "a".repeat(64), Destination: "/anonymous" },
      { Type: "tmpfs", Destination: "/tmp" },
      { Type: "volume", Name: "data", Destination: "/data", RW: false },
    ];
    expect(only({ Mounts })?.spec.mounts).toEqual(["data:/data:ro"]);
  });

  it("has the same ports however they are listed", () => {
    const bindings = {
      "80/tcp": [{ HostIp: "::1", HostPort: "8080" }, { HostPort: "81" }],
      "90/tcp": null,
    };
    expect(only({ HostConfig: { PortBindings: bindings } })?.spec.ports).toEqual([
      "0.0.0.0:81->80/tcp",
      "[::1]:8080->80/tcp",
    ]);
  });

  it.each<[string[], Record<string, string>]>([
    [["A=1", "B=", "C", "D=x=y"], { A: "1", B: "", C: "", D: "x=y" }],
    [["A=one\ntwo"], { A: "one\ntwo" }],
    [[], {}],
  ])("has the variables of %j", (Env, environment) => {
    expect(only({ Config: { Env } })?.spec.environment).toEqual(environment);
  });
});

it.each([["hunter2"], [{}], [{ Id: "hunter2" }], [null]])(
  "refuses %j without showing it",
  (container) => {
    expect(() => parseContainers([container])).toThrow(
      expect.objectContaining({
        kind: "ParseError",
        message: expect.not.stringContaining("hunter2"),
      }),
    );
  },
);

it("takes no containers for none", () => {
  expect(observed([])).toEqual([]);
});
