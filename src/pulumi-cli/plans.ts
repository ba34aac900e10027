/** The plans of a Pulumi stack's deployments, as its preview tells them. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { cleanText } from "../text/clean.ts";
import { tryJson } from "../text/json.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** Asks a program, by its environment, to tell its plans as JSON. */
export const PLAN_FORMAT_VARIABLE = "Z_BILLING_LAGO_PLAN_FORMAT";

/** What a line that holds a plan begins with. */
const PLAN_LINE = '{"z-billing-lago plan":';

const previewSchema = z.looseObject({
  diagnostics: z
    .array(z.looseObject({ message: z.string().default(""), severity: z.string().default("") }))
    .default([]),
  steps: z
    .array(
      z.looseObject({ op: z.string(), newState: z.looseObject({ type: z.string() }).nullish() }),
    )
    .default([]),
});

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
  const parsed = previewSchema.safeParse(tryJson(text.slice(text.indexOf("{"))));
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `pulumi preview --json` is not of the expected form. Is this Pulumi 3.259 or newer?",
    );
  }
  const messages = parsed.data.diagnostics.map(({ message, severity }) => ({
    severity,
    text: withoutColors(message),
  }));
  const told = messages.flatMap(({ text: one }) => plansIn(one));
  const projects = new Set(told.map(({ project }) => project));
  return {
    plans: [...told, ...newDeployments(parsed.data.steps, projects)],
    warnings: messages
      .filter(({ severity }) => severity === "warning")
      .map(({ text: one }) =>
        cleanText(one)
          .trim()
          .replace(/^warning: /, ""),
      ),
  };
}

/** What a preview that failed prints as errors; nothing where it printed something else. */
function errorsOf(text: string): string {
  const parsed = previewSchema.safeParse(tryJson(text.slice(text.indexOf("{"))));
  return (parsed.success ? parsed.data.diagnostics : [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => withoutColors(message).trim())
    .join("\n");
}

/** The program cannot tell a plan before it knows all values, and keys are made at the first `up`. */
function newDeployments(
  steps: z.output<typeof previewSchema>["steps"],
  told: ReadonlySet<string>,
): Plan[] {
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

/** Pulumi marks colours in texts of its own. */
function withoutColors(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "");
}
