import { describe, expect, it } from "vitest";
import { projectsIn } from "../../../../src/pulumi/cli/deployed-projects.ts";

const PROJECT = "pulumi-nodejs:dynamic/lago:Project";

function exported(...resources: object[]): string {
  return JSON.stringify({
    deployment: { resources: [{ type: "pulumi:pulumi:Stack" }, ...resources] },
  });
}

describe("the deployments in a state", () => {
  it("have their project and their engine", () => {
    const spec = { projectName: "lago-prod", dockerHost: "ssh://deploy@lago", lagoPath: "x" };
    const state = exported({ type: PROJECT, id: "lago-prod", outputs: { spec } });
    expect(projectsIn(state)).toEqual([
      { projectName: "lago-prod", engine: { dockerHost: "ssh://deploy@lago" } },
    ]);
  });

  it("have their first name in a state of another form", () => {
    expect(projectsIn(exported({ type: PROJECT, id: "lago-a", outputs: {} }))).toEqual([
      { projectName: "lago-a", engine: {} },
    ]);
  });

  it("are none before the first deploy", () => {
    expect(projectsIn(JSON.stringify({ deployment: {} }))).toEqual([]);
    expect(projectsIn(exported({ type: PROJECT }))).toEqual([]);
  });

  it("are not read from anything else", () => {
    expect(() => projectsIn("no json")).toThrow("pulumi stack export");
  });
});
