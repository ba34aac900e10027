/** The plans of a Pulumi stack's deployments, as its preview tells them. */
import { z } from "zod";
import type { Plan } from "../../plan/types.ts";
import { unexpectedOutput } from "../../process/parse-output.ts";
import { cleanText } from "../../text/clean.ts";
import { tryJson } from "../../text/json.ts";
import { type PreviewOutput, type PreviewStep, parsePreviewOutput } from "./preview-output.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** Asks a program, by its environment, to tell its plans as JSON. */
export const PLAN_FORMAT_VARIABLE = "Z_BILLING_LAGO_PLAN_FORMAT";

/** What a line that holds a plan begins with. */
const PLAN_LINE = '{"z-billing-lago plan":';

/** A service that is still to be made, as its resource has it. */
const newServiceSchema = z.looseObject({
  type: z.literal("pulumi-nodejs:dynamic/lago:Service"),
  inputs: z.looseObject({ projectName: z.string(), service: z.string() }),
});

/** What a preview tells. */
export interface StackPreview {
  /** One for each deployment. */
  readonly plans: readonly Plan[];
  /** What Pulumi and the program warn of, without secrets that the stack's config knows. */
  readonly warnings: readonly string[];
}

/** A plan as a program tells it on one line. */
export function planLine(plan: Plan): string {
  return JSON.stringify({ "z-billing-lago plan": plan });
}

/**
 * Previews a stack and returns its plans.
 *
 * @throws DeployError of kind `CommandFailed` when the preview refuses what is to be deployed
 */
export async function previewStack(options: StackOptions): Promise<StackPreview> {
  const environment = { ...options.environment, [PLAN_FORMAT_VARIABLE]: "json" };
  const { stdout } = await pulumi(
    { ...options, environment },
    ["preview", "--json"],
    undefined,
    errorsOf,
  );
  return parsePreview(stdout);
}

/**
 * Reads the output of `pulumi preview --json`.
 *
 * @throws DeployError of kind `ParseError`
 */
export function parsePreview(text: string): StackPreview {
  const output = parsePreviewOutput(text);
  if (output === undefined) {
    throw unexpectedOutput("pulumi preview --json");
  }
  return { plans: plansOf(output), warnings: warningsOf(output) };
}

/** The plans that a preview tells, and what it makes of deployments that are still to be made. */
export function plansOf({ steps, messages }: PreviewOutput): Plan[] {
  const told = messages.flatMap(({ text }) => plansIn(text));
  return [...told, ...newDeployments(steps, new Set(told.map(({ project }) => project)))];
}

/** What a preview warns of. */
export function warningsOf({ messages }: PreviewOutput): string[] {
  return messages
    .filter(({ severity }) => severity === "warning")
    .map(({ text }) =>
      cleanText(text)
        .trim()
        .replace(/^warning: /, ""),
    );
}

/** What a preview that failed prints as errors; nothing where it printed something else. */
export function errorsOf(text: string): string {
  return (parsePreviewOutput(text)?.messages ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ text: one }) => one.trim())
    .join("\n");
}

/** The program cannot tell a plan before it knows all values, and keys are made at the first `up`. */
function newDeployments(steps: readonly PreviewStep[], told: ReadonlySet<string>): Plan[] {
  const services = new Map<string, string[]>();
  for (const { op, newState } of steps) {
    const parsed = newServiceSchema.safeParse(newState);
    if (op === "create" && parsed.success && !told.has(parsed.data.inputs.projectName)) {
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
  }));
}

function plansIn(message: string): Plan[] {
  const start = message.indexOf(PLAN_LINE);
  if (start === -1) {
    return [];
  }
  const told = tryJson(message.slice(start).trim()) as { "z-billing-lago plan": Plan } | undefined;
  return told === undefined ? [] : [told["z-billing-lago plan"]];
}
