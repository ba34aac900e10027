/** The config of a Pulumi stack of this project's own program. */
import { z } from "zod";
import { parseOutput } from "../../process/parse-output.ts";
import { programName } from "./program-name.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** The name of this project's own program. */
export const OWN_NAME = "z-billing-lago";

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

/** The config of a stack. */
export interface StackConfig {
  /** Name of the program, which Pulumi puts before the names of its settings. */
  readonly program: string;
  /** By name, without the program's own in front. */
  readonly entries: ReadonlyMap<string, StackConfigEntry>;
}

/**
 * Reads the config of a stack, secrets too.
 *
 * @throws DeployError of kind `CommandFailed` or `ParseError`
 */
export async function readStackConfig(options: StackOptions): Promise<StackConfig> {
  const { stdout } = await pulumi(options, ["config", "--json", "--show-secrets"]);
  // What `new Config()` in the program reads: the name in its file.
  return parseStackConfig(stdout, programName(options.folder, ["Pulumi.yaml"]));
}

/**
 * Reads the output of `pulumi config --json --show-secrets`.
 *
 * @param program the program's name, which stands before the names of its settings
 * @throws DeployError of kind `ParseError`, which shows none of it
 */
export function parseStackConfig(text: string, program = OWN_NAME): StackConfig {
  const config = parseOutput(schema, text, "pulumi config --json");
  const entries = Object.entries(config)
    .filter(([key]) => key.startsWith(`${program}:`))
    .map(
      ([key, { value, objectValue, secret }]) =>
        [key.slice(program.length + 1), { value: objectValue ?? value ?? "", secret }] as const,
    );
  return { program, entries: new Map(entries) };
}
