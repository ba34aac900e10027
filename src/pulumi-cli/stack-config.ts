/** The config of a Pulumi stack of this project's own program. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** What the keys of this project's program begin with: the name in its Pulumi.yaml. */
const NAMESPACE = "z-billing-lago:";

const schema = z.record(
  z.string(),
  z.looseObject({
    value: z.string().optional(),
    objectValue: z.unknown().optional(),
    secret: z.boolean().default(false),
  }),
);

/** One entry of a stack's config. */
export interface StackConfigEntry {
  /** A text, or what was set below it with `--path`. Holds secrets where `secret` is true. */
  readonly value: unknown;
  /** Whether it is, or has in it, a secret. */
  readonly secret: boolean;
}

/** By name, without the program's own in front. */
export type StackConfig = ReadonlyMap<string, StackConfigEntry>;

/**
 * Reads the config of a stack, secrets too.
 *
 * @throws DeployError of kind `CommandFailed` or `ParseError`
 */
export async function readStackConfig(options: StackOptions): Promise<StackConfig> {
  const { stdout } = await pulumi(options, ["config", "--json", "--show-secrets"]);
  return parseStackConfig(stdout);
}

/**
 * Reads the output of `pulumi config --json --show-secrets`.
 *
 * @throws DeployError of kind `ParseError`, which shows none of it
 */
export function parseStackConfig(text: string): StackConfig {
  const parsed = schema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `pulumi config --json` is not of the expected form. Is this Pulumi 3.259 or newer?",
    );
  }
  return new Map(
    Object.entries(parsed.data)
      .filter(([key]) => key.startsWith(NAMESPACE))
      .map(([key, { value, objectValue, secret }]) => [
        key.slice(NAMESPACE.length),
        { value: objectValue ?? value ?? "", secret },
      ]),
  );
}
