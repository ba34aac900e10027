import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deploymentOf } from "../../../src/deployment/from-spec.ts";
import { DeployError } from "../../../src/errors.ts";
import { BUNDLED_LAGO_PATH } from "../../../src/lago/bundled-file.ts";
import { packageDefaults } from "../../../src/lago/catalogue/index.ts";
import { parseDeploymentSpec } from "../../../src/spec/spec.ts";
import { fixturePath } from "../../support/fixtures.ts";

const FULL = {
  projectName: "lago-dev",
  lagoPath: fixturePath("compose", "every-feature"),
  composeFiles: ["docker-compose.yml"],
  profiles: ["tools"],
  ports: { api: 4000, front: 4080, address: "::1" },
  pullPolicy: "never",
  startTimeoutSeconds: 60.5,
  lockTimeoutSeconds: 0,
  restartToken: "1",
  removeVolumesOnDestroy: "lago-dev",
  variables: ["A", "B"],
};

function issuesOf(value: unknown) {
  try {
    parseDeploymentSpec(value);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "InvalidConfig") {
      return error.issues.map(({ field }) => field);
    }
    throw error;
  }
  return [];
}

describe("parseDeploymentSpec", () => {
  it("takes a spec as it is", () => {
    expect(parseDeploymentSpec(FULL)).toEqual(FULL);
    expect(parseDeploymentSpec({ projectName: "lago-dev" })).toEqual({ projectName: "lago-dev" });
  });

  it("takes ports that are to be found", () => {
    const spec = { projectName: "x", ports: { api: "auto", front: "auto" } };
    expect(parseDeploymentSpec(spec)).toEqual(spec);
  });

  it.each([
    ["projectName", {}],
    ["projectName", { projectName: 3 }],
    ["ports.api", { projectName: "x", ports: { api: 0 } }],
    ["ports.api", { projectName: "x", ports: { api: 65_536 } }],
    ["ports.front", { projectName: "x", ports: { front: 80.5 } }],
    ["ports.front", { projectName: "x", ports: { front: "80" } }],
    ["ports.front", { projectName: "x", ports: { front: "Auto" } }],
    ["ports.address", { projectName: "x", ports: { address: "auto" } }],
    ["ports.address", { projectName: "x", ports: { address: "localhost" } }],
    ["ports.adress", { projectName: "x", ports: { adress: "::1" } }],
    ["pullPolicy", { projectName: "x", pullPolicy: "sometimes" }],
    ["startTimeoutSeconds", { projectName: "x", startTimeoutSeconds: 0 }],
    ["startTimeoutSeconds", { projectName: "x", startTimeoutSeconds: 86_401 }],
    ["startTimeoutSeconds", { projectName: "x", startTimeoutSeconds: Number.NaN }],
    ["lockTimeoutSeconds", { projectName: "x", lockTimeoutSeconds: -1 }],
    ["lockTimeoutSeconds", { projectName: "x", lockTimeoutSeconds: 86_401 }],
    ["composeFiles", { projectName: "x", composeFiles: "docker-compose.yml" }],
    ["profiles.1", { projectName: "x", profiles: ["a", 2] }],
    ["removeVolumesOnDestroy", { projectName: "x", removeVolumesOnDestroy: true }],
    ["removeVolumesOnDestroy", { projectName: "x", removeVolumesOnDestroy: "true" }],
    ["removeVolumesOnDestroy", { projectName: "x", removeVolumesOnDestroy: "y" }],
    ["removeVolumesOnDestroy", { projectName: "x", removeVolumesOnDestroy: 1 }],
    ["allowVolumeChange", { projectName: "x", allowVolumeChange: "lago_redis_data" }],
    ["typo", { projectName: "x", typo: 1 }],
  ])("names the field %s of %j", (field, value) => {
    expect(issuesOf(value)).toEqual([field]);
  });

  it("names every fault at once", () => {
    const faults = { pullPolicy: "x", ports: { api: 0, front: 0, a: 1, b: 2 }, one: 1, two: 2 };
    expect(issuesOf(faults).sort()).toEqual([
      "one",
      "ports.a",
      "ports.api",
      "ports.b",
      "ports.front",
      "projectName",
      "pullPolicy",
      "two",
    ]);
  });

  it.each([null, "x", [[]]])("refuses %j as a whole", (value) => {
    expect(issuesOf(value)).toEqual(["spec"]);
  });
});

describe("deploymentOf", () => {
  it("is the deployment that the spec means", () => {
    const deployment = deploymentOf(parseDeploymentSpec(FULL), {});
    expect(deployment.project.name).toBe("lago-dev");
    expect(deployment.lagoPath).toBe(FULL.lagoPath);
    expect(deployment.composeFiles).toEqual([
      fixturePath("compose", "every-feature", "docker-compose.yml"),
    ]);
    expect(deployment.options).toMatchObject({
      profiles: ["tools"],
      ports: FULL.ports,
      pullPolicy: "never",
      startTimeoutSeconds: 60.5,
      lockTimeoutSeconds: 0,
      restartToken: "1",
    });
  });

  it("takes the named variables from the values, and no others", () => {
    const values = { A: "1", C: "3", POSTGRES_PASSWORD: "x" };
    const { environment } = deploymentOf(parseDeploymentSpec(FULL), values);
    expect(environment).toEqual({ ...packageDefaults(), A: "1" });
  });

  it("falls back on the compose file that comes with the package", () => {
    const deployment = deploymentOf({ projectName: "x" }, {});
    expect(`${deployment.lagoPath}/`).toBe(BUNDLED_LAGO_PATH);
    expect(deployment.composeFiles.every((file) => existsSync(file))).toBe(true);
    expect(readdirSync(BUNDLED_LAGO_PATH)).toEqual(["docker-compose.yml"]);
  });
});
