import { describe, expect, it } from "vitest";
import type { ServicePlan } from "../../../src/plan/types.ts";
import { type ConsentInput, needsConsent } from "../../../src/stacks/consent.ts";
import { PROJECT, recreated, started, stays } from "../../support/stack-sample.ts";

const planOf = (...services: ServicePlan[]) => ({
  ...{ project: PROJECT, changes: true, services },
  ...{ downtime: [], risks: [], projectDrift: [] },
});
const deployment = (wasDeployed: boolean) => ({
  ...{ projectName: PROJECT, engine: {}, wasDeployed, removesVolumes: false },
});

/** A stack that was deployed, runs, and only heals. */
const HEALS: ConsentInput = {
  assessment: { plans: [planOf(stays("db"), started("api"))], changes: false, others: [] },
  before: { isEmpty: false, deployments: [deployment(true)] },
  isRunning: true,
  hasArguments: false,
};
const FIRST = { isEmpty: true, deployments: [] };
const BEGUN = { isEmpty: false, deployments: [deployment(false)] };
const CHANGES = { plans: [planOf(stays("db"), started("api"))], changes: true, others: [] };
const STOPS = { plans: [planOf(recreated("api"))], changes: false, others: [] };
const REMOVES = {
  plans: [planOf({ service: "old", action: "removed", reasons: [], downtime: false })],
  ...{ changes: false, others: [] },
};
const OTHERS = [{ operation: "delete", type: "aws:s3:Bucket", name: "invoices" }];

describe("consent", () => {
  it.each<[string, Partial<ConsentInput>, boolean]>([
    ["healing that stops nothing", {}, false],
    ["healing that replaces what runs", { assessment: STOPS }, true],
    ["the removal of a service", { assessment: REMOVES }, true],
    ["a change", { assessment: CHANGES }, true],
    [
      "a change that no service notices",
      { assessment: { ...CHANGES, plans: [{ ...planOf(stays("db")), changes: false }] } },
      false,
    ],
    ["a deployment that goes", { assessment: { ...HEALS.assessment, plans: [] } }, true],
    ["a change where nothing runs", { assessment: CHANGES, isRunning: false }, false],
    [
      "a change where the engine did not answer",
      { assessment: CHANGES, isRunning: undefined },
      true,
    ],
    ["arguments for Pulumi", { hasArguments: true }, true],
    [
      "other resources, whatever runs",
      { assessment: { ...HEALS.assessment, others: OTHERS }, isRunning: false },
      true,
    ],
    ["a first start", { before: FIRST, assessment: CHANGES, isRunning: false }, false],
    [
      "a stack without state that takes over what runs",
      { before: FIRST, assessment: CHANGES },
      false,
    ],
    ["one that would replace what runs", { before: FIRST, assessment: STOPS }, true],
    ["going on with a first start", { before: BEGUN, assessment: STOPS }, false],
  ])("for %s", (_, input, expected) => {
    expect(needsConsent({ ...HEALS, ...input })).toBe(expected);
  });
});
