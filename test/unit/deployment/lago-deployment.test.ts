/** Forms in which a program makes a deployment. */
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { verifiedBundledPath } from "../../../src/lago/bundled-file.ts";
import { LagoConfig } from "../../../src/lago/config/lago-config.ts";
import { LAGO_PATH } from "../../support/sample.ts";

const config = new LagoConfig({ disableSignup: true });
const options = { ports: { api: 3100, front: 8100 }, environment: { A: "1" } };

describe("a deployment without a folder", () => {
  it.each<[string, LagoDeployment]>([
    ["options and config", new LagoDeployment(options, config)],
    ["undefined before them", new LagoDeployment(undefined, options, config)],
    ["withConfig", new LagoDeployment(options).withConfig(config)],
  ])("is of the bundled file, with %s", (_, deployment) => {
    expect(`${deployment.lagoPath}/`).toBe(verifiedBundledPath());
    expect(deployment.composeFiles.map(dirname)).toEqual([deployment.lagoPath]);
    expect(deployment.options).toMatchObject(options);
    expect(deployment.config).toBe(config);
    expect(deployment.environment).toMatchObject({ A: "1", LAGO_DISABLE_SIGNUP: "true" });
  });

  it("has the project name lago unless it is given another", () => {
    expect(new LagoDeployment().project.name).toBe("lago");
    expect(new LagoDeployment(undefined, {}, config).withConfig(config).project.name).toBe("lago");
    expect(new LagoDeployment({ projectName: "own" }).withConfig(config).project.name).toBe("own");
  });

  it("refuses options that do not exist", () => {
    const wrong = { projectname: "own" } as object;
    expect(() => new LagoDeployment(wrong)).toThrow(/projectname: no such/);
  });
});

describe("a deployment of a folder", () => {
  it("has the folder's files and the name that compose gives it", () => {
    const deployment = new LagoDeployment(LAGO_PATH, options, config);
    expect(deployment.lagoPath).toBe(LAGO_PATH);
    expect(deployment.project.name).toBe("every-feature");
    expect(deployment.withConfig(config).project.name).toBe("every-feature");
    expect(deployment.options).toMatchObject(options);
    expect(deployment.config).toBe(config);
  });
});
