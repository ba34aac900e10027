/** The part of the package's schema that a program sees of `command:local:Command`. */
import type { Json } from "./messages.ts";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly replaceOnChanges?: boolean;
}

interface PackageSchema {
  readonly name: string;
  readonly version?: string;
  readonly types: Record<string, { type: string; enum: { name: string; value: string }[] }>;
  readonly resources: Record<
    string,
    {
      properties: Record<string, Property>;
      inputProperties: Record<string, Property>;
      required: string[];
      requiredInputs?: string[];
    }
  >;
}

/** Names and types out of a schema, without descriptions. */
export function commandSchema(schema: Json): Json {
  const { name, version, types, resources } = schema as unknown as PackageSchema;
  const command = resources["command:local:Command"];
  return {
    name,
    version,
    logging: types["command:local:Logging"]?.enum.map(({ value }) => value),
    inputs: typesOf(command?.inputProperties),
    properties: typesOf(command?.properties),
    required: [...(command?.required ?? [])].sort(),
    requiredInputs: command?.requiredInputs ?? [],
  };
}

function typesOf(properties: Record<string, Property> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, type]) => [name, text(type)]));
}

function text(type: Property | undefined): string {
  if (type === undefined) {
    return "?";
  }
  const inner = type.items ?? type.additionalProperties;
  const name = type.$ref ?? (inner === undefined ? type.type : `${type.type} of ${text(inner)}`);
  return type.replaceOnChanges ? `${name}, replaces` : String(name);
}

const INPUTS = {
  addPreviousOutputInEnv: "boolean",
  archivePaths: "array of string",
  assetPaths: "array of string",
  create: "string",
  delete: "string",
  dir: "string",
  environment: "object of string",
  interpreter: "array of string",
  logging: "#/types/command:local:Logging",
  stdin: "string",
  triggers: "array of pulumi.json#/Any, replaces",
  update: "string",
};

/** What {@link commandSchema} gives for either provider. */
export const COMMAND_SCHEMA: Json = {
  name: "command",
  version: "1.2.1",
  logging: ["stdout", "stderr", "stdoutAndStderr", "none"],
  inputs: INPUTS,
  properties: {
    ...INPUTS,
    archive: "pulumi.json#/Archive",
    assets: "object of pulumi.json#/Asset",
    stderr: "string",
    stdout: "string",
  },
  required: ["stderr", "stdout"],
  requiredInputs: [],
};
