/** Report of a pipeline step, as data without secrets. */

import type { DeployError } from "../errors.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { whyText } from "../plan/text.ts";
import type { Plan, Reason } from "../plan/types.ts";
import type { OtherChange, PreviewAssessment, StackDrift } from "./assessment.ts";
import type { Outcome, PipelineStep } from "./outcome.ts";

/** Most entries of each list in a report. */
const MAX_LISTED = 200;

/** Outcome of a pipeline step, and the reasons. */
export interface Report {
  readonly step: PipelineStep;
  readonly stack: string;
  readonly outcome: Outcome;
  /** Whether the step may have changed anything of the deployment. */
  readonly touched: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Drift and changes that the preview found; absent where the preview did not finish. */
  readonly assessment?: PreviewAssessment | undefined;
  readonly warnings: readonly string[];
  /** Error that ended the step outside of Pulumi, such as a wait for another deploy. */
  readonly error?: DeployError | undefined;
  /** Reasons of a refusal or failure. */
  readonly errors: readonly string[];
  /** Further events, such as the recovery of a killed deploy. */
  readonly notes: readonly string[];
}

/** Formats a report for programs. Releases only ever add fields. */
export function reportJson(report: Report): Record<string, unknown> {
  const { step, stack, outcome, touched, assessment } = report;
  return {
    step,
    stack,
    outcome,
    touched,
    startedAt: report.startedAt.toISOString(),
    durationSeconds: Math.round(report.durationMs / 100) / 10,
    deployments: (assessment?.plans ?? []).map((plan) => deploymentJson(plan, assessment)),
    drift: listed(assessment?.drift).map(driftJson),
    otherResources: listed(assessment?.others),
    warnings: listed(report.warnings),
    errors: listed(report.errors),
    notes: listed(report.notes),
  };
}

function driftJson({ message, ...drift }: StackDrift) {
  return { ...drift, what: message };
}

function deploymentJson(plan: Plan, assessment: PreviewAssessment | undefined) {
  const { project, services, downtime, risks } = plan;
  return {
    project,
    services: listed(services).map(({ service, action, reasons, downtime: isDown }) => ({
      service,
      action,
      why: whyText(reasons.map(withSetting)),
      settings: settingsIn(reasons),
      drifted: isDrifted(assessment, project, service),
      downtime: isDown,
    })),
    downtime: listed(downtime),
    dataAtRisk: listed(risks),
  };
}

function isDrifted(
  assessment: PreviewAssessment | undefined,
  project: string,
  service: string,
): boolean {
  return (assessment?.drift ?? []).some(
    (drift) => drift.project === project && drift.subject === service && drift.kind !== "volume",
  );
}

/** Adds to each variable of a plan the setting that it comes from, for a person to read. */
export function withSettings(plan: Plan): Plan {
  return {
    ...plan,
    services: plan.services.map((service) => ({
      ...service,
      reasons: service.reasons.map(withSetting),
    })),
  };
}

function withSetting(reason: Reason): Reason {
  const setting = settingOf(reason);
  return reason.part === "variable" && setting !== undefined
    ? { ...reason, name: `${reason.name} (setting ${setting})` }
    : reason;
}

/** Collects the settings whose variables differ. */
function settingsIn(reasons: readonly Reason[]): string[] {
  return [...new Set(reasons.map(settingOf).filter((setting) => setting !== undefined))];
}

/** Finds the setting of a variable that differs, such as `mail.smtpPassword`. */
function settingOf(reason: Reason): string | undefined {
  return reason.part === "variable" ? variableByName(reason.name)?.setting : undefined;
}

function listed<T>(all: readonly T[] = []): readonly T[] {
  return all.slice(0, MAX_LISTED);
}

/** Summarizes a report in one sentence. */
export function summaryText({ step, stack, outcome, assessment }: Report): string {
  const of = `stack ${stack}`;
  switch (outcome) {
    case "no change":
      return step === "deploy"
        ? `Nothing to deploy to ${of}: it is as declared`
        : step === "drift"
          ? `No drift of ${of}`
          : `Nothing would change in ${of}`;
    case "changes":
      return `A deploy would change ${of}${assessment?.drift.length ? ", and heal what has drifted" : ""}`;
    case "deployed":
      return `Deployed ${of}`;
    case "drift":
      return `Drift of ${of}${step === "preview" ? ": a deploy would heal it, and change nothing else" : ""}`;
    case "refused":
      return `Refused for ${of}: nothing was touched`;
    case "failed":
      return step === "deploy" ? `Deploy to ${of} failed` : `The ${step} of ${of} failed`;
  }
}

/** Formats a change to another resource of the program, such as `create aws:s3:Bucket invoices`. */
export function otherText({ operation, type, name }: OtherChange): string {
  return `${operation} ${type} ${name}`;
}
