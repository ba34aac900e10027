/** What `pulumi preview --json` prints. */
import { z } from "zod";
import { tryJson } from "../../text/json.ts";

const resourceSchema = z.looseObject({
  type: z.string().default(""),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});

const schema = z.looseObject({
  diagnostics: z
    .array(z.looseObject({ message: z.string().default(""), severity: z.string().default("") }))
    .default([]),
  steps: z
    .array(
      z.looseObject({
        op: z.string(),
        urn: z.string().default(""),
        oldState: resourceSchema.nullish(),
        newState: resourceSchema.nullish(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .default([]),
});

/** What would be done to one resource. A refresh is a step too, before the others. */
export type PreviewStep = z.output<typeof schema>["steps"][number];

/** A preview as Pulumi tells it. */
export interface PreviewOutput {
  readonly steps: readonly PreviewStep[];
  /** What Pulumi and the program say, without marks for colors. */
  readonly messages: readonly { readonly severity: string; readonly text: string }[];
}

/** Reads it; undefined for text of another form. */
export function parsePreviewOutput(text: string): PreviewOutput | undefined {
  const parsed = schema.safeParse(tryJson(text.slice(text.indexOf("{"))));
  if (!parsed.success) {
    return undefined;
  }
  const { steps, diagnostics } = parsed.data;
  return {
    steps,
    messages: diagnostics.map(({ message, severity }) => ({
      severity,
      text: withoutColors(message),
    })),
  };
}

/** Pulumi marks colors in texts of its own. */
export function withoutColors(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "");
}
