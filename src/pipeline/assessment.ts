/** Assessment of a preview with refresh: drift, and the changes that the next deploy makes besides. */
import { isDeepStrictEqual } from "node:util";
import { missingService } from "../plan/drift.ts";
import type { Drift, Plan } from "../plan/types.ts";
import { plansOf } from "../pulumi/cli/plans.ts";
import type { PreviewDigest, PreviewStep } from "../pulumi/cli/preview-digest.ts";
import { COMMAND_TYPE, SERVICE_TYPE, STACK_TYPE } from "../pulumi/cli/resource-types.ts";
import { driftInOutputs } from "../pulumi/stack/service-drift.ts";
import { serviceStateIn } from "../pulumi/stack/service-state.ts";
import { deployedServices, isStatus } from "./deployed-services.ts";

/** Drift of one of a stack's deployments since its last deploy. */
export interface StackDrift extends Drift {
  /** Compose project of the deployment. */
  readonly project: string;
}

/** Change to a resource of the program that is no part of a Lago deployment. */
export interface OtherChange {
  /** Pulumi's word, such as `create`. */
  readonly operation: string;
  readonly type: string;
  readonly name: string;
}

/** Drift and changes of a stack. */
export interface PreviewAssessment {
  /** One plan for each deployment. */
  readonly plans: readonly Plan[];
  readonly drift: readonly StackDrift[];
  /** Whether the next deploy does more than to heal drift. */
  readonly changes: boolean;
  readonly others: readonly OtherChange[];
  /** Compose projects that are deployed and whose containers could not be inspected. */
  readonly unknown: readonly string[];
}

/** Input of the deployment that changes when drift alone requires an update. */
const GENERATION_INPUT = "environment.Z_BILLING_LAGO_GENERATION";

/** Input of the deployment that changes with the compose files. */
const DIGEST_INPUT = "environment.Z_BILLING_LAGO_DIGEST";

/** Operations that change nothing. */
const IDLE = new Set(["same", "refresh", "read"]);

/** Assesses a preview. Pure. */
export function assessPreview(digest: PreviewDigest): PreviewAssessment {
  const refreshed = new Map(
    digest.steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]),
  );
  const isDeployed = deployedServices(digest.steps);
  const wasDeployed = (step: PreviewStep) =>
    refreshed.has(step.urn) && isDeployed(projectOf(step), serviceOf(step));
  const steps = digest.steps.filter(({ op }) => op !== "refresh");
  const services = steps.filter((step) => typeOf(step) === SERVICE_TYPE);
  const plans = plansOf(digest);
  const active = steps.filter(({ op }) => !IDLE.has(op));
  const planned = new Set(plans.map(({ project }) => project));
  // Of services that stay as they are, the preview lists the refresh alone.
  const gone = new Set(services.filter(({ op }) => op === "delete").map(({ urn }) => urn));
  const deployed = [...refreshed.values(), ...services]
    .filter((step) => typeOf(step) === SERVICE_TYPE && !gone.has(step.urn))
    .map(projectOf);
  return {
    plans,
    drift: [
      ...services.flatMap((step) => driftOfStep(step, wasDeployed(step))),
      ...driftOfProjects(plans, services, steps),
    ],
    changes: active.some((step) => isChange(step, wasDeployed)),
    others: active.filter(isOther).map((step) => ({
      operation: step.op,
      type: typeOf(step),
      name: step.urn.replace(/^.*::/, ""),
    })),
    unknown: [...new Set(deployed)].filter((project) => !planned.has(project)),
  };
}

/** Whether a deploy has nothing to do. */
export function isAsDeclared({ changes, drift }: PreviewAssessment): boolean {
  return !changes && drift.length === 0;
}

/** Reads the drift of a service from its resource. */
function driftOfStep(step: PreviewStep, wasDeployed: boolean): StackDrift[] {
  const [project, service] = [projectOf(step), serviceOf(step)];
  // A refresh removes the resource of a missing service, and the list of drift with it.
  const missing = wasDeployed ? [missingService(service)] : [];
  const drift =
    step.op === "create" ? missing : driftInOutputs(service, step.oldState?.outputs ?? {});
  return drift.map((one) => ({ project, ...one }));
}

/**
 * Selects the drift of whole projects since the last deploy. Their plans compare with the program,
 * which may declare other services and volumes than the last deploy did.
 */
function driftOfProjects(
  plans: readonly Plan[],
  services: readonly PreviewStep[],
  steps: readonly PreviewStep[],
): StackDrift[] {
  const deployed = new Set(services.map((step) => `${projectOf(step)}/${serviceOf(step)}`));
  const filesChanged = steps.some(({ detailedDiff }) =>
    Object.hasOwn(detailedDiff ?? {}, DIGEST_INPUT),
  );
  return plans.flatMap(({ project, projectDrift }) =>
    projectDrift
      .filter(({ kind, subject }) =>
        // Changed files may declare a volume that is still to be created. Where the preview does not
        // say whether they changed, a volume that may be lost counts as drift.
        kind === "volume" ? !filesChanged : !deployed.has(`${project}/${subject}`),
      )
      .map((one) => ({ project, ...one })),
  );
}

function isChange(step: PreviewStep, wasDeployed: (step: PreviewStep) => boolean): boolean {
  const type = typeOf(step);
  if (type === SERVICE_TYPE && step.op === "create") {
    return !wasDeployed(step);
  }
  if (type === SERVICE_TYPE && step.op === "update") {
    return !isDeclaredAsBefore(step);
  }
  if (step.op === "update" && type === COMMAND_TYPE && isOwn(step)) {
    // An environment that Pulumi reports as a whole, or not at all, may differ in anything.
    const keys = Object.keys(step.detailedDiff ?? {});
    return keys.length === 0 || keys.some((key) => key !== GENERATION_INPUT);
  }
  // The status follows the deployment.
  return !isStatus(step) && type !== "pulumi:pulumi:Stack";
}

/** Whether the program declares a service as the last deploy did. */
function isDeclaredAsBefore({ oldState, newState }: PreviewStep): boolean {
  const declared = oldState?.outputs.declared;
  return (
    typeof declared === "object" &&
    declared !== null &&
    isDeepStrictEqual(serviceStateIn(declared), serviceStateIn(newState?.inputs ?? {}))
  );
}

function isOther(step: PreviewStep): boolean {
  return !isOwn(step) && !/^pulumi:(pulumi:Stack|providers:)/.test(typeOf(step));
}

function isOwn({ urn }: PreviewStep): boolean {
  return urn.includes(STACK_TYPE);
}

function typeOf({ newState, oldState }: PreviewStep): string {
  return newState?.type || oldState?.type || "";
}

const projectOf = (step: PreviewStep) => inputOf(step, "projectName");
const serviceOf = (step: PreviewStep) => inputOf(step, "service");

function inputOf({ newState, oldState }: PreviewStep, field: string): string {
  const value = newState?.inputs[field] ?? oldState?.inputs[field];
  return typeof value === "string" ? value : "";
}
