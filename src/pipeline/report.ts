/** What a pipeline step reports, as data. It holds no secret. */

import type { DeployError } from "../errors.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { whyText } from "../plan/text.ts";
import type { Plan, Reason } from "../plan/types.ts";
import type { DriftedPart, Judgement, OtherChange } from "./judgement.ts";
import type { Outcome, PipelineStep } from "./outcome.ts";

/** Most services, drifted parts, warnings and the like that a report lists of each. */
const MAX_LISTED = 200;

/** One step of a pipeline and what came of it. */
export interface Report {
  readonly step: PipelineStep;
  readonly stack: string;
  readonly outcome: Outcome;
  /** Whether anything of the deployment may have been changed. */
  readonly touched: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** What is to be, or was, done; undefined where Pulumi did not come so far. */
  readonly judgement?: Judgement | undefined;
  readonly warnings: readonly string[];
  /** What ended the step before Pulumi had a say, such as a wait for another deploy. */
  readonly error?: DeployError | undefined;
  /** Why it was refused or failed. */
  readonly errors: readonly string[];
  /** What else happened, such as that a deploy that was killed was recovered. */
  readonly notes: readonly string[];
}

/** The report for programs. Fields are only ever added. */
export function reportJson(report: Report): Record<string, unknown> {
  const { step, stack, outcome, touched, judgement } = report;
  return {
    step,
    stack,
    outcome,
    touched,
    startedAt: report.startedAt.toISOString(),
    durationSeconds: Math.round(report.durationMs / 100) / 10,
    deployments: (judgement?.plans ?? []).map((plan) => deploymentJson(plan, judgement)),
    drift: listed(judgement?.drift),
    otherResources: listed(judgement?.others),
    warnings: listed(report.warnings),
    errors: listed(report.errors),
    notes: listed(report.notes),
  };
}

function deploymentJson(plan: Plan, judgement: Judgement | undefined) {
  const { project, services, downtime, risks } = plan;
  return {
    project,
    services: listed(services).map(({ service, action, reasons, downtime: isDown }) => ({
      service,
      action,
      why: whyText(reasons.map(withSetting)),
      settings: settingsIn(reasons),
      drifted: isDrifted(judgement, project, service),
      downtime: isDown,
    })),
    downtime: listed(downtime),
    dataAtRisk: listed(risks),
  };
}

function isDrifted(judgement: Judgement | undefined, project: string, service: string): boolean {
  return (judgement?.drift ?? []).some(
    (part) => part.project === project && part.subject === service,
  );
}

/** A plan whose variables are named with the settings that they come from, for a person to read. */
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

/** Settings whose variables differ, each once. */
function settingsIn(reasons: readonly Reason[]): string[] {
  return [...new Set(reasons.map(settingOf).filter((setting) => setting !== undefined))];
}

/** Lago's name of the setting behind a variable that differs, such as `mail.smtpPassword`. */
function settingOf(reason: Reason): string | undefined {
  return reason.part === "variable" ? variableByName(reason.name)?.setting : undefined;
}

function listed<T>(all: readonly T[] = []): readonly T[] {
  return all.slice(0, MAX_LISTED);
}

/** One sentence on what came of a step. */
export function summaryText({ step, stack, outcome, judgement }: Report): string {
  const of = `stack ${stack}`;
  switch (outcome) {
    case "no change":
      return step === "deploy"
        ? `Nothing to deploy to ${of}: it is as declared`
        : step === "drift"
          ? `No drift of ${of}`
          : `Nothing would change in ${of}`;
    case "changes":
      return `A deploy would change ${of}${judgement?.drift.length ? ", and heal what has drifted" : ""}`;
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

/** What the parts that drifted are called in a list. */
export function driftText({ subject, what }: DriftedPart): string {
  return `${subject}: ${what}`;
}

/** What becomes of a resource of the program, such as `create aws:s3:Bucket invoices`. */
export function otherText({ operation, type, name }: OtherChange): string {
  return `${operation} ${type} ${name}`;
}
