/** What a preview with refresh comes to: what has drifted, and what the next deploy changes beside. */
import { isDeepStrictEqual } from "node:util";
import { differencesOf } from "../plan/differences.ts";
import { state } from "../plan/service-plan.ts";
import { whyText } from "../plan/text.ts";
import type { Plan, Reason } from "../plan/types.ts";
import { plansOf } from "../pulumi/cli/plans.ts";
import type { PreviewOutput, PreviewStep } from "../pulumi/cli/preview-output.ts";
import type { ServiceState } from "../pulumi/stack/service-state.ts";

/** Something that is not as the last deploy left it. */
export interface DriftedPart {
  readonly project: string;
  /** The service, or the volume. */
  readonly subject: string;
  /** What differs, on one line, without secrets. */
  readonly what: string;
}

/** A resource of the program that is no part of a Lago deployment, and what becomes of it. */
export interface OtherChange {
  /** Pulumi's word, such as `create`. */
  readonly operation: string;
  readonly type: string;
  readonly name: string;
}

/** What a preview comes to. */
export interface Judgement {
  /** One for each deployment. */
  readonly plans: readonly Plan[];
  readonly drift: readonly DriftedPart[];
  /** Whether the next deploy does more than to undo drift. */
  readonly changes: boolean;
  readonly others: readonly OtherChange[];
  /** Compose projects that are deployed and could not be looked at, so that nothing is known of them. */
  readonly unknown: readonly string[];
}

const OWN = "z-billing-lago:index:LagoStack";
const SERVICE = "pulumi-nodejs:dynamic/lago:Service";

/** What a deployment is updated for when a service has to be started although no setting changed. */
const DRIFT_ONLY = "environment.Z_BILLING_LAGO_GENERATION";

/** What is updated when the compose files changed. */
const FILES_CHANGED = "environment.Z_BILLING_LAGO_DIGEST";

/** Operations that change nothing. */
const IDLE = new Set(["same", "refresh", "read"]);

/** The fields of a service's resource that say whose it is, and not how it is. */
const IDENTITY = new Set([
  ...["projectName", "service", "fingerprintKey", "hidden", "declared", "generation", "__provider"],
]);

/** Judges it. Pure. */
export function judge(output: PreviewOutput): Judgement {
  const refreshed = new Map(
    output.steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]),
  );
  const steps = output.steps.filter(({ op }) => op !== "refresh");
  const services = steps.filter((step) => typeOf(step) === SERVICE);
  const plans = plansOf(output);
  const drift = [
    ...services.flatMap((step) => driftOfService(step, refreshed.get(step.urn))),
    ...undeclared(plans, services),
    ...missingVolumes(plans, steps),
  ];
  const active = steps.filter(({ op }) => !IDLE.has(op));
  const told = new Set(plans.map(({ project }) => project));
  // Of services that stay as they are the preview lists the refresh alone.
  const gone = new Set(services.filter(({ op }) => op === "delete").map(({ urn }) => urn));
  const deployed = [...refreshed.values(), ...services]
    .filter((step) => typeOf(step) === SERVICE && !gone.has(step.urn))
    .map(projectOf);
  return {
    plans,
    drift,
    changes: active.some((step) => isChange(step, refreshed)),
    others: active.filter(isOther).map((step) => ({
      operation: step.op,
      type: typeOf(step),
      name: step.urn.replace(/^.*::/, ""),
    })),
    unknown: [...new Set(deployed)].filter((project) => !told.has(project)),
  };
}

function driftOfService(step: PreviewStep, refresh: PreviewStep | undefined): DriftedPart[] {
  const [project, subject] = [projectOf(step), stringOf(step, "service")];
  if (step.op === "create") {
    return refresh === undefined ? [] : [{ project, subject, what: "it is missing" }];
  }
  const { found, declared } = statesOf(step);
  if (found === undefined || declared === undefined || isDeepStrictEqual(found, declared)) {
    return [];
  }
  return [{ project, subject, what: whyText(reasonsOf(found, declared)) }];
}

function reasonsOf(found: ServiceState, declared: ServiceState): Reason[] {
  const differences = differencesOf({
    from: declared,
    to: found,
    imageVariables: new Set(),
  });
  const reasons = [
    ...(found.state === declared.state ? [] : [state(`it is ${found.state}`)]),
    ...(found.containers === declared.containers
      ? []
      : [state(`it has ${found.containers} containers instead of ${declared.containers}`)]),
    ...differences,
  ];
  return reasons.length > 0 ? reasons : [{ part: "definition" }];
}

/** Containers in the project that neither the program nor the last deploy knows. */
function undeclared(plans: readonly Plan[], services: readonly PreviewStep[]): DriftedPart[] {
  const known = new Set(services.map((step) => `${projectOf(step)}/${stringOf(step, "service")}`));
  return plans.flatMap(({ project, services: all }) =>
    all
      .filter(({ action }) => action === "left alone" || action === "removed")
      .filter(({ service }) => !known.has(`${project}/${service}`))
      .map(({ service }) => ({ project, subject: service, what: "it is not declared" })),
  );
}

/**
 * Files that changed may declare a volume that is yet to be made, which is no drift. Where no preview
 * tells whether they did, a volume that may be lost is drift.
 */
function missingVolumes(plans: readonly Plan[], steps: readonly PreviewStep[]): DriftedPart[] {
  if (steps.some(({ detailedDiff }) => Object.hasOwn(detailedDiff ?? {}, FILES_CHANGED))) {
    return [];
  }
  return plans.flatMap(({ project, services, risks }) =>
    risks
      .filter(({ subject }) => !services.some(({ service }) => service === subject))
      .map(({ subject }) => ({ project, subject, what: "the volume does not exist" })),
  );
}

function isChange(step: PreviewStep, refreshed: ReadonlyMap<string, PreviewStep>): boolean {
  const type = typeOf(step);
  if (type === SERVICE && step.op === "create") {
    return !refreshed.has(step.urn);
  }
  if (type === SERVICE && step.op === "update") {
    const { declared, wanted } = statesOf(step);
    return declared === undefined || !isDeepStrictEqual(declared, wanted);
  }
  if (step.op === "update" && type === "command:local:Command" && isOwn(step)) {
    // An environment that is told as a whole, or not at all, may differ in anything.
    const keys = Object.keys(step.detailedDiff ?? {});
    return keys.length === 0 || keys.some((key) => key !== DRIFT_ONLY);
  }
  // It follows the deployment.
  return type !== "pulumi-nodejs:dynamic/lago:Status" && type !== "pulumi:pulumi:Stack";
}

function isOther(step: PreviewStep): boolean {
  return !isOwn(step) && !/^pulumi:(pulumi:Stack|providers:)/.test(typeOf(step));
}

function isOwn({ urn }: PreviewStep): boolean {
  return urn.includes(OWN);
}

function typeOf({ newState, oldState }: PreviewStep): string {
  return newState?.type || oldState?.type || "";
}

/** What a service is, was declared as last, and is to be. */
function statesOf({ oldState, newState }: PreviewStep) {
  const outputs = oldState?.outputs ?? {};
  return {
    found: stateOf(outputs),
    declared: stateOf(outputs.declared),
    wanted: stateOf(newState?.inputs),
  };
}

function stateOf(fields: unknown): ServiceState | undefined {
  if (typeof fields !== "object" || fields === null) {
    return undefined;
  }
  const own = Object.entries(fields).filter(([name]) => !IDENTITY.has(name));
  return Object.fromEntries(own) as unknown as ServiceState;
}

const projectOf = (step: PreviewStep) => stringOf(step, "projectName");

function stringOf({ newState, oldState }: PreviewStep, field: string): string {
  const value = newState?.inputs?.[field] ?? oldState?.inputs?.[field];
  return typeof value === "string" ? value : "";
}
