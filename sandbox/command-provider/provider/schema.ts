/** Schema of the package: the only resource of this provider, with the official names and types. */

/** Version of the official plugin that this one replaces. */
export const VERSION = "1.2.1";

/** The only resource type. */
export const COMMAND_TYPE = "command:local:Command";

const text = (description: string) => ({ type: "string", description });
const texts = (description: string) => ({ type: "array", items: { type: "string" }, description });

const inputProperties = {
  addPreviousOutputInEnv: {
    type: "boolean",
    description:
      "Whether a command finds the output of the last create or update in its environment, as PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR. Defaults to true.",
  },
  archivePaths: texts("Refused: only the official plugin collects archives."),
  assetPaths: texts("Refused: only the official plugin collects assets."),
  create: text("What runs when the resource is created."),
  delete: text("What runs when the resource is deleted, as the last create or update stored it."),
  dir: text("Folder to run in; it has to exist. Defaults to the program's folder."),
  environment: {
    type: "object",
    additionalProperties: { type: "string" },
    description: "Variables on top of the provider's own environment.",
  },
  interpreter: texts("Program and arguments that take the command. Defaults to /bin/sh -c."),
  logging: {
    $ref: "#/types/command:local:Logging",
    description: "Which output is shown while a command runs. Defaults to stdoutAndStderr.",
  },
  stdin: text("Text for the command's standard input."),
  triggers: {
    type: "array",
    items: { $ref: "pulumi.json#/Any" },
    description: "Values of any kind; a change of one of them replaces the resource.",
    replaceOnChanges: true,
  },
  update: text("What runs when an input has changed. Defaults to `create`."),
};

const outputProperties = {
  archive: { $ref: "pulumi.json#/Archive", description: "Never set by this implementation." },
  assets: {
    type: "object",
    additionalProperties: { $ref: "pulumi.json#/Asset" },
    description: "Never set by this implementation.",
  },
  stderr: text("What the last create or update wrote to standard error."),
  stdout: text("What the last create or update wrote to standard output."),
};

const loggingValues = {
  stdout: "Show standard output only.",
  stderr: "Show standard error only.",
  stdoutAndStderr: "Show both.",
  none: "Show neither.",
};

/** Schema in the form that Pulumi requests. */
export const SCHEMA = {
  name: "command",
  version: VERSION,
  displayName: "Command (offline implementation)",
  description: "command:local:Command for machines that cannot download the official plugin.",
  license: "Apache-2.0",
  types: {
    "command:local:Logging": {
      type: "string",
      enum: Object.entries(loggingValues).map(([value, description]) => ({
        name: value,
        description,
        value,
      })),
    },
  },
  provider: {},
  resources: {
    [COMMAND_TYPE]: {
      description: "Runs commands on this machine when the resource is created, updated, deleted.",
      properties: { ...inputProperties, ...outputProperties },
      required: ["stdout", "stderr"],
      inputProperties,
    },
  },
};
