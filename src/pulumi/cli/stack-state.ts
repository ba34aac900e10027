/** The exported state of a Pulumi stack. */
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { DeployError } from "../../errors.ts";
import { tryJson } from "../../text/json.ts";
import { zbl } from "../../text/zbl.ts";
import { pulumi, type StackOptions } from "./run.ts";

const stateSchema = z.object({
  deployment: z.object({
    resources: z.array(z.looseObject({ type: z.string() })).default([]),
  }),
}) satisfies z.ZodType<Pick<Deployment, "deployment">>;

/** A resource in an exported state. */
export type StateResource = z.output<typeof stateSchema>["deployment"]["resources"][number];

/** Schema of a secret in an export, which holds its value as JSON text. */
export const secretJson = z
  .object({ plaintext: z.string() })
  .transform(({ plaintext }): unknown => JSON.parse(plaintext));

/**
 * Exports a stack's state and lists its resources.
 *
 * @param showSecrets whether secrets are decrypted. Defaults to false.
 * @throws DeployError of kind `CommandFailed`, or of kind `ParseError`
 */
export async function readStackState(
  options: StackOptions,
  showSecrets = false,
): Promise<readonly StateResource[]> {
  const shown = showSecrets ? ["--show-secrets"] : [];
  const { stdout } = await pulumi(options, ["stack", "export", ...shown]);
  const value = tryJson(stdout);
  if (value === undefined) {
    throw new DeployError("ParseError", "`pulumi stack export` printed no JSON.");
  }
  return parseState(stateSchema, value).deployment.resources;
}

/** @throws DeployError of kind `ParseError` that names the places of another form */
export function parseState<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const where = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new DeployError(
    "ParseError",
    `The stack's state is not of the expected form at ${where}. Was it made by another release of z-billing-lago? \`${zbl("up")}\` brings it up to date.`,
  );
}
