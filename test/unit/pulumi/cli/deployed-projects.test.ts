import { describe, expect, it } from "vitest";
import { projectsIn } from "../../../../src/pulumi/cli/deployed-projects.ts";
import type { StateResource } from "../../../../src/pulumi/cli/stack-state.ts";

const PROJECT = "pulumi-nodejs:dynamic/lago:Project";

function exported(...resources: StateResource[]): StateResource[] {
  return [{ type: "pulumi:pulumi:Stack" }, ...resources];
}

describe("the deployments in a state", () => {
  it("have their project and their engine", () => {
    const spec = { projectName: "lago-prod", dockerHost: "ssh://deploy@lago", lagoPath: "x" };
    const state = exported({ type: PROJECT, id: "lago-prod", outputs: { spec } });
    expect(projectsIn(state)).toEqual([
      { projectName: "lago-prod", engine: { dockerHost: "ssh://deploy@lago" } },
    ]);
  });

  it("have the services that the last deploy declared", () => {
    const inputs = { projectName: "lago-a", declared: ["api", "pdf"] };
    const status = { type: "pulumi-nodejs:dynamic/lago:Status", inputs };
    const [found] = projectsIn(exported({ type: PROJECT, id: "lago-a", outputs: {} }, status));
    expect(found?.services).toEqual(["api", "pdf"]);
  });

  it("have their first name in a state of another form", () => {
    expect(projectsIn(exported({ type: PROJECT, id: "lago-a", outputs: {} }))).toEqual([
      { projectName: "lago-a", engine: {} },
    ]);
  });

  it("are none before the first deploy", () => {
    expect(projectsIn([])).toEqual([]);
    expect(projectsIn(exported({ type: PROJECT }))).toEqual([]);
  });
});
