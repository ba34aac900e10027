import { describe, expect, it } from "vitest";
import { parseState } from "../../../src/stacks/state.ts";
import { exported, PROJECT } from "../../support/stack-sample.ts";

describe("the state of a stack", () => {
  it("is empty without resources", () => {
    expect(parseState(exported())).toEqual({
      isEmpty: true,
      deployments: [],
      isProtected: false,
      others: [],
      protectedOthers: [],
    });
  });

  it("tells a deployment with its addresses, and whether it was completed once", () => {
    const [deployment] = parseState(exported({})).deployments;
    expect(deployment).toEqual({
      projectName: PROJECT,
      engine: {},
      wasDeployed: true,
      removesVolumes: false,
      frontUrl: "http://localhost:8080",
      apiUrl: "http://localhost:3000",
    });
    const [begun] = parseState(exported({ deployed: false })).deployments;
    expect(begun?.wasDeployed).toBe(false);
  });

  it("tells the name that a renamed project has now, and whether its data is removed", () => {
    const [deployment] = parseState(
      exported({ projectName: "lago-renamed", removeVolumes: true }),
    ).deployments;
    expect(deployment).toMatchObject({ projectName: "lago-renamed", removesVolumes: true });
  });

  it("tells what is protected, of the deployment and of the rest", () => {
    const bucket = {
      urn: "urn:pulumi:prod::p::aws:s3:Bucket::invoices",
      type: "aws:s3:Bucket",
      protect: true,
    };
    expect(parseState(exported({ protect: true })).isProtected).toBe(true);
    expect(parseState(exported({ others: [bucket] }))).toMatchObject({
      isProtected: false,
      others: ["aws:s3:Bucket invoices"],
      protectedOthers: ["aws:s3:Bucket invoices"],
    });
  });
});
