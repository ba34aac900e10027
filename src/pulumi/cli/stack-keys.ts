/** Keys of a Pulumi stack. */

import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { DeployError } from "../../errors.ts";
import type { SavedKeys } from "../../keys/saved-keys.ts";
import { GUARDED_KEY_NAMES, LAGO_KEYS } from "../../lago/lago-keys.ts";
import { tryJson } from "../../text/json.ts";
import { zbl } from "../../text/zbl.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** Type of the resource that holds the keys, as Pulumi writes it. */
const KEYS_TYPE = "pulumi-nodejs:dynamic/lago:Keys";

const stateSchema = z.object({
  deployment: z.object({
    resources: z.array(z.looseObject({ type: z.string() })).default([]),
  }),
}) satisfies z.ZodType<Pick<Deployment, "deployment">>;
/** Schema of a secret in an export, which holds its value as JSON text. */
const secretSchema = z
  .object({ plaintext: z.string() })
  .transform(({ plaintext }): unknown => JSON.parse(plaintext))
  .pipe(z.string());
const keysSchema = z.object({
  inputs: z.object({ projectName: z.string() }),
  outputs: z.object(Object.fromEntries(GUARDED_KEY_NAMES.map((name) => [name, secretSchema]))),
});

/**
 * Reads the keys of a stack's deployment from its state, which has them before the first start.
 *
 * @param projectName compose project of the deployment, for a program with several
 * @throws DeployError of kind `CommandFailed`, or of kind `InvalidConfig` when the state holds no keys
 */
export async function readStackKeys(
  options: StackOptions,
  projectName?: string,
): Promise<SavedKeys> {
  const { stdout } = await pulumi(options, ["stack", "export", "--show-secrets"]);
  const found = keysResources(stdout)
    .map((resource) => read(keysSchema, resource))
    .map(({ inputs, outputs }) => ({ projectName: inputs.projectName, keys: outputs }));
  const meant = found.filter((one) => projectName === undefined || one.projectName === projectName);
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) {
    const names = found.map((one) => one.projectName).join(", ");
    const hint = names === "" ? "it deploys no Lago" : `it has those of ${names}; use --project`;
    throw new DeployError(
      "InvalidConfig",
      `Stack ${options.stack} does not have the keys of ${projectName ?? "one deployment"}: ${hint}.`,
    );
  }
  return only;
}

/** Tells whether a stack's state holds keys. Reads no secret. */
export async function hasStackKeys(options: StackOptions): Promise<boolean> {
  const { stdout } = await pulumi(options, ["stack", "export"]);
  return keysResources(stdout).length > 0;
}

function keysResources(exported: string) {
  const { resources } = read(stateSchema, parseJson(exported)).deployment;
  return resources.filter(({ type }) => type === KEYS_TYPE);
}

/**
 * Writes keys to the secret config of a stack, one by one. Values go by standard input.
 *
 * @throws DeployError of kind `CommandFailed`
 */
export async function writeStackKeys(options: StackOptions, saved: SavedKeys): Promise<void> {
  for (const { name, setting } of LAGO_KEYS) {
    const value = saved.keys[name];
    if (value !== undefined) {
      const place = setting.includes(".") ? ["--path", setting] : [setting];
      await pulumi(options, ["config", "set", "--secret", ...place], value);
    }
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
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

function parseJson(text: string): unknown {
  const value = tryJson(text);
  if (value === undefined) {
    throw new DeployError("ParseError", "`pulumi stack export` printed no JSON.");
  }
  return value;
}
