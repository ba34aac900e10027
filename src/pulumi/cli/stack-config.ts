/** Config of a Pulumi stack. */
import { resolve } from "node:path";
import type { ConfigValue } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { nameInFolder } from "../../compose/project-name.ts";
import { type DockerEndpoint, engineOf } from "../../docker/endpoint-settings.ts";
import { projectNameOfStack } from "../../lago/config/project-name.ts";
import { parseOutput } from "../../process/parse-output.ts";
import { programName } from "./program-name.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** Name of this project's own Pulumi program. */
export const OWN_NAME = "z-billing-lago";

const schema = z.record(
  z.string(),
  z.looseObject({
    value: z.string().default(""),
    objectValue: z.unknown().optional(),
    secret: z.boolean().default(false),
  }) satisfies z.ZodType<ConfigValue>,
);

/** Entry of a stack's config. */
export interface StackConfigEntry {
  /** Text, or an object that `--path` made. Holds secrets where `secret` is true. */
  readonly value: unknown;
  /** Whether the value is a secret, or an object with a secret inside. */
  readonly secret: boolean;
}

/** Config of a stack. */
export interface StackConfig {
  /** Name of the program, which Pulumi puts before the name of each setting. */
  readonly program: string;
  /** Entries by name, without the program's name in front. */
  readonly entries: ReadonlyMap<string, StackConfigEntry>;
}

/**
 * Reads the config of a stack, including secrets.
 *
 * @throws DeployError of kind `CommandFailed` or `ParseError`
 */
export async function readStackConfig(options: StackOptions): Promise<StackConfig> {
  const { stdout } = await pulumi(options, ["config", "--json", "--show-secrets"]);
  // `new Config()` in the program reads the settings under the name in this file.
  return parseStackConfig(stdout, programName(options.folder, ["Pulumi.yaml"]));
}

/**
 * Reads the output of `pulumi config --json --show-secrets`.
 *
 * @param program name of the program, which stands before the name of each setting
 * @throws DeployError of kind `ParseError`, which shows nothing of the output
 */
export function parseStackConfig(text: string, program = OWN_NAME): StackConfig {
  const config = parseOutput(schema, text, "pulumi config --json");
  const entries = Object.entries(config)
    .filter(([key]) => key.startsWith(`${program}:`))
    .map(
      ([key, { value, objectValue, secret }]) =>
        [key.slice(program.length + 1), { value: objectValue ?? value, secret }] as const,
    );
  return { program, entries: new Map(entries) };
}

/** Returns the text of an entry at the top; undefined for none, and for an empty one. */
export function configuredText(entries: StackConfig["entries"], name: string): string | undefined {
  const value = entries.get(name)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * Returns the compose project of a stack that was never deployed: the one of its config, else that of
 * its compose files, else that of its name.
 *
 * @param folder the program's folder
 */
export function configuredProject(
  entries: StackConfig["entries"],
  { stack, folder }: Pick<StackOptions, "stack" | "folder">,
): string {
  const path = configuredText(entries, "lagoPath");
  const files = entries.get("composeFiles")?.value;
  return (
    configuredText(entries, "projectName") ??
    nameInFolder(
      path === undefined ? undefined : resolve(folder, path),
      Array.isArray(files) ? files.map(String) : undefined,
    ) ??
    projectNameOfStack(stack)
  );
}

/** Returns the Docker engine that a config names. */
export function configuredEngine(entries: StackConfig["entries"]): DockerEndpoint {
  return engineOf({
    dockerHost: configuredText(entries, "dockerHost"),
    dockerContext: configuredText(entries, "dockerContext"),
    dockerCertPath: configuredText(entries, "dockerCertPath"),
  });
}
