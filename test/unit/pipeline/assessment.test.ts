import { describe, expect, it } from "vitest";
import { assessPreview } from "../../../src/pipeline/assessment.ts";
import type { Drift, Plan } from "../../../src/plan/types.ts";
import { planLine } from "../../../src/pulumi/cli/plans.ts";
import { parsePreviewDigest } from "../../../src/pulumi/cli/preview-digest.ts";

const URN = "urn:pulumi:dev::z-billing-lago::z-billing-lago:index:LagoStack$";
const SERVICE = "pulumi-nodejs:dynamic/lago:Service";
const STATUS = "pulumi-nodejs:dynamic/lago:Status";
const COMMAND = "command:local:Command";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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
  projectDrift: [],
};

const EXITED: Drift = {
  kind: "exited",
  subject: "api",
  message: "api has ended with exit code 137",
  exitCode: 137,
};
const ENDED = { ...STATE, state: "exited (137)" };

/**
 * A step of the service `api`, as found, declared last, and wanted. Its state is one of an earlier
 * release, unless `found` lists drift.
 */
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

/** The refresh of the status that the last finished deploy of these services left. */
function deployedStatus(...declared: string[]) {
  const inputs = { projectName: "lago-dev", declared };
  const state = { type: STATUS, inputs };
  return { op: "refresh", urn: `${URN}${STATUS}::lago-status`, oldState: state, newState: state };
}

function assess(steps: readonly object[], plan: Plan | undefined = PLAN) {
  const diagnostics =
    plan === undefined ? [] : [{ severity: "info", message: `${planLine(plan)}\n` }];
  const digest = parsePreviewDigest(JSON.stringify({ steps, diagnostics }));
  if (digest === undefined) {
    throw new Error("the sample is no preview");
  }
  return assessPreview(digest);
}

const EXTRA: Drift = { kind: "orphan", subject: "extra", message: "extra is not declared" };
const REFRESH = service("refresh");
const HEALS = command("Z_BILLING_LAGO_GENERATION");

describe("a preview", () => {
  it("in which all stays as it is has neither changes nor drift", () => {
    expect(assess([REFRESH])).toMatchObject({ changes: false, drift: [], unknown: [] });
  });

  it("that starts what had ended finds drift, and no other change", () => {
    const found = { ...ENDED, drift: [EXITED] };
    expect(assess([REFRESH, service("update", found), HEALS])).toMatchObject({
      changes: false,
      drift: [{ project: "lago-dev", ...EXITED }],
    });
  });

  it("reports drift as the refresh found it, word for word", () => {
    const drift: Drift[] = [
      { kind: "image", subject: "api", message: "api: image content changed (2 -> 1)" },
      { kind: "unhealthy", subject: "api", message: "api is unhealthy" },
    ];
    const steps = [REFRESH, service("update", { ...ENDED, drift }), HEALS];
    expect(assess(steps).drift).toEqual(drift.map((one) => ({ project: "lago-dev", ...one })));
  });

  it("of a deployment on a named engine finds drift, and no other change", () => {
    const onEngine = (step: ReturnType<typeof service>) => {
      const engine = { host: "ssh://lago.example.com" };
      const { oldState, newState } = step;
      return {
        ...step,
        oldState: { ...oldState, outputs: { ...oldState?.outputs, engine } },
        newState: { ...newState, inputs: { ...newState?.inputs, engine } },
      };
    };
    const found = { ...ENDED, drift: [EXITED] };
    expect(assess([onEngine(REFRESH), onEngine(service("update", found)), HEALS])).toMatchObject({
      changes: false,
      drift: [EXITED],
    });
    expect(assess([onEngine(REFRESH), onEngine(service("update")), HEALS]).drift).toEqual([]);
  });

  it("that makes a service which was there finds it missing", () => {
    expect(assess([REFRESH, service("create"), HEALS])).toMatchObject({
      changes: false,
      drift: [{ kind: "missing", subject: "api", message: "api is missing" }],
    });
  });

  it("tells a missing service from one that no deploy has reached yet", () => {
    const makes = [REFRESH, service("create"), HEALS];
    expect(assess([deployedStatus("api", "db"), ...makes])).toMatchObject({
      changes: false,
      drift: [{ kind: "missing", subject: "api" }],
    });
    expect(assess([deployedStatus("db"), ...makes])).toMatchObject({ changes: true, drift: [] });
  });

  it("takes nothing for missing while the first deploy is still to finish", () => {
    const { oldState: _, ...status } = { ...deployedStatus("api"), op: "create" };
    expect(assess([REFRESH, service("create"), status])).toMatchObject({
      changes: true,
      drift: [],
    });
  });

  it("that makes a service for the first time changes something, and finds no drift", () => {
    expect(assess([service("create")])).toMatchObject({ changes: true, drift: [] });
  });

  it("that gives a service another setting changes something", () => {
    const wanted = { ...STATE, settings: "#22222222" };
    const steps = [REFRESH, service("update", STATE, wanted), command("LAGO_DISABLE_SIGNUP")];
    expect(assess(steps)).toMatchObject({ changes: true, drift: [] });
  });

  it("tells drift and changes of one service apart", () => {
    const steps = [
      REFRESH,
      service("update", { ...STATE, state: "exited (0)" }, { ...STATE, settings: "#2" }),
    ];
    const { changes, drift } = assess(steps);
    expect({ changes, drifted: drift.length }).toEqual({ changes: true, drifted: 1 });
  });

  it("that heals services in more than one way finds drift, and no other change", () => {
    const ofDb = (step: { urn: string }) => ({ ...step, urn: `${step.urn}-db` });
    const [db, wasDb] = [ofDb(service("create")), ofDb(REFRESH)];
    const found = { ...STATE, state: "exited (0)" };
    const { changes, drift } = assess([REFRESH, wasDb, service("update", found), db, HEALS]);
    expect({ changes, kinds: drift.map(({ kind }) => kind) }).toEqual({
      changes: false,
      kinds: ["exited", "missing"],
    });
  });

  it.each([
    ["another variable too", command("Z_BILLING_LAGO_GENERATION", "LAGO_SMTP_PASSWORD")],
    ["the environment as a whole, of which nothing is known", differing("environment")],
    ["nothing that is told", differing()],
  ])("that heals, and updates the deployment for %s, changes something", (_, update) => {
    const found = { ...STATE, state: "exited (0)" };
    const { changes, drift } = assess([REFRESH, service("update", found), update]);
    expect({ changes, drifted: drift.length }).toEqual({ changes: true, drifted: 1 });
  });

  it("that removes a service changes something", () => {
    expect(assess([REFRESH, service("delete")])).toMatchObject({ changes: true, drift: [] });
  });

  it("finds a container that nobody declared", () => {
    expect(assess([REFRESH], { ...PLAN, projectDrift: [EXTRA] }).drift).toEqual([
      { project: "lago-dev", ...EXTRA },
    ]);
  });

  it("takes a service that the program no longer declares for a change, and for no drift", () => {
    const plan = { ...PLAN, projectDrift: [{ ...EXTRA, subject: "api" }] };
    expect(assess([REFRESH, service("delete")], plan)).toMatchObject({ changes: true, drift: [] });
  });

  it("reads the plan of a program of an earlier release, without drift and names of risks", () => {
    const { projectDrift: _, ...plan } = PLAN;
    expect(assess([REFRESH], plan as Plan)).toMatchObject({ plans: [PLAN], drift: [] });
    const risks = [{ subject: "db", message: "a risk" }] as unknown as Plan["risks"];
    expect(assess([REFRESH], { ...PLAN, risks }).plans[0]?.risks).toEqual([
      { name: "db", subject: "db", message: "a risk", accepted: false },
    ]);
  });

  it("finds a volume that is gone, unless the files changed and may have declared it anew", () => {
    const gone: Drift = { kind: "volume", subject: "lago-dev_data", message: "does not exist" };
    const plan = { ...PLAN, projectDrift: [gone] };
    expect(assess([REFRESH], plan).drift).toEqual([{ project: "lago-dev", ...gone }]);
    const changed = [REFRESH, command("Z_BILLING_LAGO_DIGEST")];
    expect(assess(changed, plan)).toMatchObject({ changes: true, drift: [] });
    // Where that cannot be told, a volume that is gone must not be passed over.
    const untold = [REFRESH, differing("environment")];
    expect(assess(untold, plan)).toMatchObject({
      changes: true,
      drift: [{ project: "lago-dev" }],
    });
  });

  it("that tells no plan of a deployment knows nothing of it", () => {
    const digest = parsePreviewDigest(JSON.stringify({ steps: [REFRESH] }));
    expect(digest && assessPreview(digest).unknown).toEqual(["lago-dev"]);
  });

  it("in which a key changes, so that no plan could be made, knows that it changes something", () => {
    const changed = service("update", STATE, { ...STATE, settings: UNKNOWN });
    const digest = parsePreviewDigest(JSON.stringify({ steps: [REFRESH, changed, HEALS] }));
    expect(digest && assessPreview(digest)).toMatchObject({
      changes: true,
      unknown: [],
      plans: [{ project: "lago-dev", services: [{ service: "api", downtime: true }] }],
    });
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
    expect(assess(steps)).toMatchObject({
      changes: true,
      others: [{ operation: "create", type: "a:b:C", name: "new" }],
    });
  });
});

describe("a preview of a state of an earlier release, which lists no drift", () => {
  it.each<[string, object, Omit<Drift, "subject">[]]>([
    ["an end", ENDED, [EXITED]],
    [
      "bad health",
      { ...STATE, state: "unhealthy" },
      [{ kind: "unhealthy", message: "api is unhealthy" }],
    ],
    ["a pause", { ...STATE, state: "paused" }, [{ kind: "exited", message: "api is paused" }]],
    [
      "another image, and too many containers",
      { ...STATE, image: "getlago/api:v1.49.0", containers: 2, settings: "#2" },
      [
        { kind: "orphan", message: "api has too many containers: 2 instead of 1" },
        {
          kind: "version",
          message: "api runs getlago/api:v1.49.0, and getlago/api:v1.50.0 is declared",
        },
      ],
    ],
    [
      "another content of its image",
      { ...STATE, image: "getlago/api:v1.50.0 (222222222222)" },
      [{ kind: "version", message: expect.stringContaining("(222222222222)") }],
    ],
    [
      "another definition",
      { ...STATE, settings: "#2" },
      [{ kind: "configuration", message: expect.stringContaining("its definition") }],
    ],
  ])("still finds %s, and no change", (_, found, drift) => {
    expect(assess([REFRESH, service("update", found), HEALS])).toMatchObject({
      changes: false,
      drift: drift.map((one) => ({ project: "lago-dev", subject: "api", ...one })),
    });
  });

  it("still tells a change from drift", () => {
    const wanted = { ...STATE, settings: "#3" };
    expect(assess([REFRESH, service("update", STATE, wanted)])).toMatchObject({
      changes: true,
      drift: [],
    });
  });
});
