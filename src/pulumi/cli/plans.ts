/** Plans of a Pulumi stack's deployments, from the messages of its preview. */
import type { DataRisk, Plan, Reason, ServiceAction, ServicePlan } from "../../plan/types.ts";
import { cleanText } from "../../text/clean.ts";
import { tryJson } from "../../text/json.ts";
import { isMeaningless } from "./diagnostics.ts";
import type { PreviewDigest } from "./preview-digest.ts";
import { type PreviewedService, previewedServices } from "./previewed-services.ts";

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

/** Formats a plan as the line that a program logs. */
export function planLine(plan: Plan): string {
  return JSON.stringify({ [PLAN_FIELD]: plan });
}

const RISKS_FIELD = "z-billing-lago.risks";

/** Beginning of a log line that holds risks of a project. */
const RISKS_LINE = `{"${RISKS_FIELD}":`;

/** Risks of a project that its plan does not have. */
interface LoggedRisks {
  readonly project: string;
  readonly risks: readonly DataRisk[];
}

/** Formats further risks of a project as the line that a program logs. */
export function risksLine(project: string, risks: readonly DataRisk[]): string {
  const logged: LoggedRisks = { project, risks };
  return JSON.stringify({ [RISKS_FIELD]: logged });
}

/** Beginning of the warning of a program that could make no plan, as the engine did not answer. */
export const NO_PLAN = "What would become of the services cannot be told";

/**
 * Collects the plans that a preview logged. A program logs none where it lacks values that are known
 * only during the deploy, such as keys before the first one: plans of such deployments are made
 * here.
 */
export function plansOf({ steps, diagnostics }: PreviewDigest): Plan[] {
  const logged = diagnostics.flatMap(({ message }) => plansIn(message));
  const known = new Set(logged.map(({ project }) => project));
  const others = previewedServices(steps).filter(({ projectName }) => !known.has(projectName));
  const further = diagnostics.flatMap(({ message }) => risksIn(message));
  return [...logged, ...undecidedPlans(others)].map((plan) => {
    const own = further.filter(({ project }) => project === plan.project);
    return own.length === 0
      ? plan
      : { ...plan, risks: [...plan.risks, ...own.flatMap(({ risks }) => risks)] };
  });
}

/** Selects the warnings of a preview. */
export function warningsOf({ diagnostics }: PreviewDigest): string[] {
  return diagnostics
    .filter(({ severity, message }) => severity === "warning" && !isMeaningless(message))
    .map(({ message }) =>
      cleanText(message)
        .trim()
        .replace(/^warning: /, ""),
    );
}

/** Makes plans that say of each service only whether the deploy makes, changes or removes it. */
function undecidedPlans(all: readonly PreviewedService[]): Plan[] {
  const byProject = Map.groupBy(all, ({ projectName }) => projectName);
  return [...byProject].flatMap(([project, services]) => {
    const isNew = services.every(({ operation }) => operation === "create");
    return isNew || services.some(({ isUndecided }) => isUndecided)
      ? [
          {
            project,
            changes: true,
            services: services.map((one) => undecidedPlan(one, isNew)),
            downtime: [],
            risks: [],
            projectDrift: [],
          },
        ]
      : [];
  });
}

function undecidedPlan(
  { service, operation, oneShot, isUndecided }: PreviewedService,
  isNew: boolean,
): ServicePlan {
  const isRunning = !oneShot && operation !== "create";
  const undecided: Reason = {
    part: "state",
    message: "a key or a computed value changes, and only the deploy knows which services use it",
  };
  const [action, reasons]: [ServiceAction, Reason[]] =
    operation === "create"
      ? ["created", isNew ? [] : [undecided]]
      : operation === "delete"
        ? ["removed", []]
        : isUndecided
          ? ["recreated", [undecided]]
          : ["stays", []];
  return { service, action, reasons, downtime: isRunning && action !== "stays" };
}

function risksIn(message: string): LoggedRisks[] {
  return loggedIn<LoggedRisks>(message, RISKS_LINE, RISKS_FIELD);
}

function loggedIn<T>(message: string, beginning: string, field: string): T[] {
  const start = message.indexOf(beginning);
  const line = start === -1 ? undefined : tryJson(message.slice(start).trim());
  return line === undefined ? [] : [(line as Record<string, T>)[field] as T];
}

function plansIn(message: string): Plan[] {
  const [plan] = loggedIn<LoggedPlan>(message, PLAN_LINE, PLAN_FIELD);
  if (plan === undefined) {
    return [];
  }
  const risks = plan.risks.map((risk) => ({ name: risk.subject, accepted: false, ...risk }));
  return [{ projectDrift: [], ...plan, risks }];
}
