/** Plans of a Pulumi stack's deployments, from the messages of its preview. */
import { z } from "zod";
import type { DataRisk, Plan } from "../../plan/types.ts";
import { cleanText } from "../../text/clean.ts";
import { tryJson } from "../../text/json.ts";
import type { PreviewDigest, PreviewStep } from "./preview-digest.ts";
import { SERVICE_TYPE } from "./resource-types.ts";

/** Environment variable that makes a program log its plans as JSON. */
export const PLAN_FORMAT_VARIABLE = "Z_BILLING_LAGO_PLAN_FORMAT";

const PLAN_FIELD = "z-billing-lago plan";

/** Beginning of a log line that holds a plan. */
const PLAN_LINE = `{"${PLAN_FIELD}":`;

/**
 * Plan in a log line. Programs of earlier releases log no drift of the project, and no names of
 * risks.
 */
type LoggedPlan = Omit<Plan, "projectDrift" | "risks"> &
  Partial<Pick<Plan, "projectDrift">> & {
    readonly risks: readonly (Pick<DataRisk, "subject" | "message"> & Partial<DataRisk>)[];
  };

/** Schema of the resource of a service that a preview creates. */
const newServiceSchema = z.looseObject({
  type: z.literal(SERVICE_TYPE),
  inputs: z.looseObject({ projectName: z.string(), service: z.string() }),
});

/** Formats a plan as the line that a program logs. */
export function planLine(plan: Plan): string {
  return JSON.stringify({ [PLAN_FIELD]: plan });
}

/** Collects the plans that a preview logged, and makes plans of deployments that it would create. */
export function plansOf({ steps, diagnostics }: PreviewDigest): Plan[] {
  const logged = diagnostics.flatMap(({ message }) => plansIn(message));
  return [...logged, ...newDeployments(steps, new Set(logged.map(({ project }) => project)))];
}

/** Selects the warnings of a preview. */
export function warningsOf({ diagnostics }: PreviewDigest): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ message }) =>
      cleanText(message)
        .trim()
        .replace(/^warning: /, ""),
    );
}

/** Makes plans of new deployments: their program logs none, as it lacks keys until the first `up`. */
function newDeployments(steps: readonly PreviewStep[], logged: ReadonlySet<string>): Plan[] {
  const services = new Map<string, string[]>();
  for (const { op, newState } of steps) {
    const parsed = newServiceSchema.safeParse(newState);
    if (op === "create" && parsed.success && !logged.has(parsed.data.inputs.projectName)) {
      const { projectName, service } = parsed.data.inputs;
      services.set(projectName, [...(services.get(projectName) ?? []), service]);
    }
  }
  return [...services].map(([project, names]) => ({
    project,
    changes: true,
    services: names
      .sort()
      .map((service) => ({ service, action: "created", reasons: [], downtime: false })),
    downtime: [],
    risks: [],
    projectDrift: [],
  }));
}

function plansIn(message: string): Plan[] {
  const start = message.indexOf(PLAN_LINE);
  if (start === -1) {
    return [];
  }
  const line = tryJson(message.slice(start).trim()) as { [PLAN_FIELD]: LoggedPlan } | undefined;
  if (line === undefined) {
    return [];
  }
  const plan = line[PLAN_FIELD];
  const risks = plan.risks.map((risk) => ({ name: risk.subject, accepted: false, ...risk }));
  return [{ projectDrift: [], ...plan, risks }];
}
