import { describe, expect, it } from "vitest";
import { judge } from "../../../src/pipeline/judgement.ts";
import type { Plan } from "../../../src/plan/types.ts";
import { planLine } from "../../../src/pulumi/cli/plans.ts";
import { parsePreviewOutput } from "../../../src/pulumi/cli/preview-output.ts";

const URN = "urn:pulumi:dev::z-billing-lago::z-billing-lago:index:LagoStack$";
const SERVICE = "pulumi-nodejs:dynamic/lago:Service";
const COMMAND = "command:local:Command";

const STATE = {
  image: "getlago/api:v1.50.0",
  environment: { LAGO_DISABLE_SIGNUP: "false" },
  ports: [],
  mounts: [],
  memoryBytes: 0,
  restartPolicy: "no",
  settings: "#11111111",
  containers: 1,
  state: "running",
  oneShot: false,
  dependsOn: {},
};
const IDENTITY = { projectName: "lago-dev", service: "api", hidden: [], __provider: "code" };

const PLAN: Plan = {
  project: "lago-dev",
  changes: false,
  services: [{ service: "api", action: "stays", reasons: [], downtime: false }],
  downtime: [],
  risks: [],
};

/** A step of the service `api`, as found, declared last, and wanted. */
function service(op: string, found: object = STATE, wanted: object = STATE) {
  const inputs = { ...IDENTITY, ...STATE };
  const outputs = { ...IDENTITY, ...found, declared: STATE, generation: "1" };
  const oldState = { type: SERVICE, inputs, outputs };
  const newState = { type: SERVICE, inputs: { ...IDENTITY, ...wanted } };
  return {
    op,
    urn: `${URN}${SERVICE}::lago-api`,
    ...(op === "create" ? {} : { oldState }),
    ...(op === "delete" ? {} : { newState }),
  };
}

const command = (...keys: string[]) => differing(...keys.map((key) => `environment.${key}`));

const differing = (...paths: string[]) => ({
  op: "update",
  urn: `${URN}${COMMAND}::lago-deployment`,
  newState: { type: COMMAND },
  detailedDiff: Object.fromEntries(paths.map((path) => [path, {}])),
});

function judgeSteps(steps: readonly object[], plan: Plan | undefined = PLAN) {
  const diagnostics =
    plan === undefined ? [] : [{ severity: "info", message: `${planLine(plan)}\n` }];
  const output = parsePreviewOutput(JSON.stringify({ steps, diagnostics }));
  if (output === undefined) {
    throw new Error("the sample is no preview");
  }
  return judge(output);
}

const REFRESH = service("refresh");
const HEALS = command("Z_BILLING_LAGO_GENERATION");

describe("a preview", () => {
  it("in which all stays as it is has neither changes nor drift", () => {
    expect(judgeSteps([REFRESH])).toMatchObject({ changes: false, drift: [], unknown: [] });
  });

  it("that starts what had ended finds drift, and no other change", () => {
    const found = { ...STATE, state: "exited (137)" };
    expect(judgeSteps([REFRESH, service("update", found), HEALS])).toMatchObject({
      changes: false,
      drift: [{ project: "lago-dev", subject: "api", what: "it is exited (137)" }],
    });
  });

  it("names what differs in what runs", () => {
    const found = { ...STATE, image: "getlago/api:v1.49.0", containers: 2, settings: "#2" };
    expect(judgeSteps([REFRESH, service("update", found), HEALS]).drift).toEqual([
      {
        project: "lago-dev",
        subject: "api",
        what: "it has 2 containers instead of 1; image getlago/api:v1.50.0 -> getlago/api:v1.49.0",
      },
    ]);
  });

  it("says that the definition differs where only the fingerprint of it does", () => {
    const { drift } = judgeSteps([REFRESH, service("update", { ...STATE, settings: "#2" }), HEALS]);
    expect(drift[0]?.what).toBe("its definition in the compose files changed");
  });

  it("that makes a service which was there finds it missing", () => {
    expect(judgeSteps([REFRESH, service("create"), HEALS])).toMatchObject({
      changes: false,
      drift: [{ subject: "api", what: "it is missing" }],
    });
  });

  it("that makes a service for the first time changes something, and finds no drift", () => {
    expect(judgeSteps([service("create")])).toMatchObject({ changes: true, drift: [] });
  });

  it("that gives a service another setting changes something", () => {
    const wanted = { ...STATE, settings: "#22222222" };
    const steps = [REFRESH, service("update", STATE, wanted), command("LAGO_DISABLE_SIGNUP")];
    expect(judgeSteps(steps)).toMatchObject({ changes: true, drift: [] });
  });

  it("tells drift and changes of one service apart", () => {
    const steps = [
      REFRESH,
      service("update", { ...STATE, state: "exited (0)" }, { ...STATE, settings: "#2" }),
    ];
    const { changes, drift } = judgeSteps(steps);
    expect({ changes, drifted: drift.length }).toEqual({ changes: true, drifted: 1 });
  });

  it("that heals services in more than one way finds drift, and no other change", () => {
    const ofDb = (step: { urn: string }) => ({ ...step, urn: `${step.urn}-db` });
    const [db, wasDb] = [ofDb(service("create")), ofDb(REFRESH)];
    const found = { ...STATE, state: "exited (0)" };
    const { changes, drift } = judgeSteps([REFRESH, wasDb, service("update", found), db, HEALS]);
    expect({ changes, what: drift.map(({ what }) => what) }).toEqual({
      changes: false,
      what: ["it is exited (0)", "it is missing"],
    });
  });

  it.each([
    ["another variable too", command("Z_BILLING_LAGO_GENERATION", "LAGO_SMTP_PASSWORD")],
    ["the environment as a whole, of which nothing is known", differing("environment")],
    ["nothing that is told", differing()],
  ])("that heals, and updates the deployment for %s, changes something", (_, update) => {
    const found = { ...STATE, state: "exited (0)" };
    const { changes, drift } = judgeSteps([REFRESH, service("update", found), update]);
    expect({ changes, drifted: drift.length }).toEqual({ changes: true, drifted: 1 });
  });

  it("that removes a service changes something", () => {
    expect(judgeSteps([REFRESH, service("delete")])).toMatchObject({ changes: true, drift: [] });
  });

  it("finds a container that nobody declared", () => {
    const plan: Plan = {
      ...PLAN,
      services: [{ service: "extra", action: "left alone", reasons: [], downtime: false }],
    };
    expect(judgeSteps([REFRESH], plan).drift).toEqual([
      { project: "lago-dev", subject: "extra", what: "it is not declared" },
    ]);
  });

  it("finds a volume that is gone, unless the files changed and may have declared it anew", () => {
    const risk = { subject: "lago-dev_data", message: "does not exist" };
    const plan = { ...PLAN, risks: [risk] };
    expect(judgeSteps([REFRESH], plan).drift).toEqual([
      { project: "lago-dev", subject: "lago-dev_data", what: "the volume does not exist" },
    ]);
    const changed = [REFRESH, command("Z_BILLING_LAGO_DIGEST")];
    expect(judgeSteps(changed, plan)).toMatchObject({ changes: true, drift: [] });
    // Where that cannot be told, a volume that is gone must not be passed over.
    const untold = [REFRESH, differing("environment")];
    expect(judgeSteps(untold, plan)).toMatchObject({
      changes: true,
      drift: [{ project: "lago-dev" }],
    });
  });

  it("takes a risk of a service for no volume", () => {
    const plan = { ...PLAN, risks: [{ subject: "api", message: "does not see its data" }] };
    expect(judgeSteps([REFRESH], plan).drift).toEqual([]);
  });

  it("that tells no plan of a deployment knows nothing of it", () => {
    const output = parsePreviewOutput(JSON.stringify({ steps: [REFRESH] }));
    expect(output && judge(output).unknown).toEqual(["lago-dev"]);
  });

  it("lists what else the program changes", () => {
    const steps = [
      REFRESH,
      { op: "same", urn: "urn:pulumi:dev::p::a:b:C::same", newState: { type: "a:b:C" } },
      { op: "create", urn: "urn:pulumi:dev::p::a:b:C::new", newState: { type: "a:b:C" } },
      {
        op: "update",
        urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
        newState: { type: "pulumi:pulumi:Stack" },
      },
    ];
    expect(judgeSteps(steps)).toMatchObject({
      changes: true,
      others: [{ operation: "create", type: "a:b:C", name: "new" }],
    });
  });
});
