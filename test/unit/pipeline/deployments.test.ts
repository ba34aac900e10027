import { describe, expect, it } from "vitest";
import { plannedDeployments } from "../../../src/pipeline/deployments.ts";

const type = "pulumi-nodejs:dynamic/lago:Service";
const step = (op: string, service: string, inputs: object = {}, projectName = "lago-a") => {
  const state = { type, inputs: { projectName, service, ...inputs }, outputs: {} };
  const urn = `${projectName}/${service}`;
  return op === "delete" ? { op, urn, oldState: state } : { op, urn, newState: state };
};

describe("the deployments of a preview", () => {
  it("are those of its services, with their engine", () => {
    const engine = { dockerHost: "ssh://root@far" };
    const steps = [
      step("refresh", "old", { engine }),
      step("refresh", "db", { engine }),
      step("delete", "old", { engine }),
      step("create", "api", { engine, image: "x" }),
      step("create", "migrate", { oneShot: true, engine }),
      step("create", "api", { engine: "not known yet", oneShot: "not known yet" }, "lago-b"),
    ];
    expect(plannedDeployments({ steps, diagnostics: [] })).toEqual([
      {
        projectName: "lago-a",
        engine,
        services: [
          { name: "api", oneShot: false },
          { name: "db", oneShot: false },
          { name: "migrate", oneShot: true },
        ],
      },
      { projectName: "lago-b", engine: {}, services: [{ name: "api", oneShot: false }] },
    ]);
  });
});
