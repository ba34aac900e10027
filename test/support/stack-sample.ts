/** Answers of Pulumi about a stack with one deployment, for a scripted `pulumi`. */
import type { Plan, ServicePlan } from "../../src/plan/types.ts";
import { planLine } from "../../src/pulumi/cli/plans.ts";

export const PROJECT = "lago-billing";

const STACK = "urn:pulumi:prod::z-billing-lago::z-billing-lago:index:LagoStack::lago";
const urn = (type: string, name: string) =>
  `urn:pulumi:prod::z-billing-lago::z-billing-lago:index:LagoStack$${type}::${name}`;

/** How a stack stands in its state. */
export interface SampleState {
  /** Whether the deployment was completed once. Defaults to true. */
  readonly deployed?: boolean;
  readonly protect?: boolean;
  readonly removeVolumes?: boolean;
  readonly projectName?: string;
  /** Addresses of front and api. Defaults to ports of this host. */
  readonly urls?: { readonly frontUrl: string; readonly apiUrl: string };
  /** Further resources. */
  readonly others?: readonly object[];
}

/** Output of `pulumi stack export`; of an empty stack without an argument. */
export function exported(sample?: SampleState): string {
  return JSON.stringify({
    version: 3,
    deployment: sample === undefined ? {} : { resources: resourcesOf(sample) },
  });
}

function resourcesOf({
  deployed = true,
  protect = false,
  removeVolumes = false,
  projectName = PROJECT,
  urls = { frontUrl: "http://localhost:8080", apiUrl: "http://localhost:3000" },
  others = [],
}: SampleState): object[] {
  const spec = { projectName, ...(removeVolumes ? { removeVolumesOnDestroy: projectName } : {}) };
  const environment = { Z_BILLING_LAGO_SPEC: JSON.stringify(spec) };
  const child = (type: string, name: string, more: object) => ({
    ...{ urn: urn(type, name), type, parent: STACK, protect },
    ...more,
  });
  return [
    { urn: "urn:pulumi:prod::z-billing-lago::pulumi:pulumi:Stack::p", type: "pulumi:pulumi:Stack" },
    {
      ...{ urn: STACK, type: "z-billing-lago:index:LagoStack" },
      outputs: urls,
    },
    child("pulumi-nodejs:dynamic/lago:Project", "lago-project", {
      id: PROJECT,
      outputs: { spec: { projectName } },
    }),
    child("command:local:Command", "lago-anchor", { inputs: { environment } }),
    ...(deployed ? [child("command:local:Command", "lago-deployment", { inputs: {} })] : []),
    ...others,
  ];
}

/** What a preview finds. */
export interface SamplePreview {
  readonly services?: readonly ServicePlan[];
  /** Whether the program's own settings changed, and not only the containers. Defaults to false. */
  readonly changes?: boolean;
  readonly risk?: string;
  /** Steps of further resources. */
  readonly others?: readonly object[];
  readonly warnings?: readonly string[];
}

/** Output of `pulumi preview --json`. */
export function previewed({
  services = [],
  changes = false,
  risk,
  others = [],
  warnings = [],
}: SamplePreview = {}): string {
  const plan: Plan = {
    project: PROJECT,
    changes: services.some(({ action }) => action !== "stays"),
    services,
    downtime: services.filter(({ downtime }) => downtime).map(({ service }) => service),
    risks:
      risk === undefined
        ? []
        : [{ name: "empty-volume:data", subject: "db", message: risk, accepted: false }],
    projectDrift: [],
  };
  const type = "pulumi-nodejs:dynamic/lago:Service";
  const steps = services.flatMap(({ service, action }) => {
    const state = {
      ...{ type, inputs: { projectName: PROJECT, service, image: changes ? "new" : "old" } },
      outputs: {
        declared: { image: "old" },
        drift:
          action === "stays" || changes
            ? []
            : [{ kind: "exited", subject: service, message: "it is exited" }],
      },
    };
    const common = { urn: urn(type, `lago-${service}`), oldState: state, newState: state };
    return action === "stays"
      ? [{ ...common, op: "refresh" }]
      : [
          { ...common, op: "refresh" },
          { ...common, op: "update" },
        ];
  });
  return JSON.stringify({
    steps: [...steps, ...others],
    diagnostics: [
      { severity: "info", message: `${planLine(plan)}\n` },
      ...warnings.map((message) => ({ severity: "warning", message: `warning: ${message}\n` })),
    ],
  });
}

/** Output of a failed `pulumi preview --json`. */
export function refused(...messages: readonly string[]) {
  const diagnostics = messages.map((message) => ({
    severity: "error",
    message: `error: ${message}\n`,
  }));
  return { exitCode: 1, stdout: JSON.stringify({ diagnostics }) };
}

/** A service that stays as it is. */
export const stays = (service: string): ServicePlan => ({
  ...{ service, action: "stays", reasons: [], downtime: false },
});

/** A running service that is replaced. */
export const recreated = (service: string): ServicePlan => ({
  service,
  action: "recreated",
  reasons: [{ part: "variable", name: "LAGO_FROM_EMAIL", from: "a@b", to: "c@d" }],
  downtime: true,
});

/** A service that had ended. */
export const started = (service: string): ServicePlan => ({
  service,
  action: "started",
  reasons: [{ part: "state", message: "it has ended" }],
  downtime: false,
});

const event = (message: string, severity = "info") =>
  `${JSON.stringify({ diagnosticEvent: { severity, message: `${message}\n` } })}\n`;

/** First event of an update. */
export const BEGUN = '{"preludeEvent":{}}\n';

/** Output of an update that says these lines and succeeds. */
export function updated(...lines: readonly string[]): string {
  return `${BEGUN}${lines.map((line) => event(line)).join("")}{"summaryEvent":{"result":"succeeded"}}\n`;
}

/** Output of an update that fails with this error of the engine. */
export function failedUpdate(message: string) {
  const said = event(`error: ${message}`, "error") + event("error: update failed", "error");
  return { exitCode: 1, stdout: `${BEGUN}${said}{"summaryEvent":{"result":"failed"}}\n` };
}

/** Pulumi's refusal of a stack that another run works on. */
export const LOCKED = {
  exitCode: 1,
  stderr: `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/p/prod/1.json: created by ada@elsewhere (pid 4711) at 2026-01-02T03:04:05Z
`,
};
