/**
 * Output of `pulumi preview --json`, which Pulumi calls a digest: steps and diagnostics. Pulumi's
 * Automation API lends its types only. It cannot run Pulumi here, as it hides the process it starts,
 * which `pipeline deploy` has to record.
 */
import type { StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { tryJson } from "../../text/json.ts";
import { type Diagnostic, diagnosticSchema, withoutColors } from "./diagnostics.ts";

/** Inputs or outputs of a resource. Pulumi leaves them out where there are none. */
const propertiesSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((properties) => properties ?? {});

const stateSchema = z.looseObject({
  type: z.string().default(""),
  inputs: propertiesSchema,
  outputs: propertiesSchema,
}) satisfies z.ZodType<Pick<StepEventStateMetadata, "type" | "inputs" | "outputs">>;

const stepSchema = z.looseObject({
  op: z.string(),
  urn: z.string().default(""),
  oldState: stateSchema.nullish(),
  newState: stateSchema.nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
}) satisfies z.ZodType<Pick<StepEventMetadata, "urn"> & { readonly op: string }>;

const digestSchema = z.looseObject({
  diagnostics: z.array(diagnosticSchema).default([]),
  steps: z.array(stepSchema).default([]),
});

/** Operation on one resource. The steps of a refresh come before the others. */
export type PreviewStep = z.output<typeof stepSchema>;

/** Digest of a preview. */
export interface PreviewDigest {
  readonly steps: readonly PreviewStep[];
  /** Messages of Pulumi and the program, without marks for colors. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the output of `pulumi preview --json`. Returns undefined for text of another form. */
export function parsePreviewDigest(text: string): PreviewDigest | undefined {
  const parsed = digestSchema.safeParse(tryJson(text.slice(text.indexOf("{"))));
  if (!parsed.success) {
    return undefined;
  }
  const { steps, diagnostics } = parsed.data;
  return {
    steps,
    diagnostics: diagnostics.map(({ message, severity }) => ({
      severity,
      message: withoutColors(message),
    })),
  };
}
