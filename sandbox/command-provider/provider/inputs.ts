/** Inputs and outputs of `command:local:Command`, and their decoding from messages. */
import { type FieldFault, type Shape, shapeFaults } from "./field-types.ts";
import { isUnknown, type Properties, reveal } from "./values.ts";

const INPUTS: Shape = {
  name: "CommandInputs",
  fields: {
    triggers: "[]interface {}",
    create: "string",
    update: "string",
    delete: "string",
    stdin: "string",
    logging: "local.Logging",
    interpreter: "[]string",
    dir: "string",
    environment: "map[string]string",
    assetPaths: "[]string",
    archivePaths: "[]string",
    addPreviousOutputInEnv: "bool",
  },
  required: [],
};

const STATE: Shape = {
  name: "CommandOutputs",
  fields: { ...INPUTS.fields, stdout: "string", stderr: "string", assets: "any", archive: "any" },
  required: ["stdout", "stderr"],
};

/** Inputs of the official provider that this one refuses. */
const UNSUPPORTED = ["assetPaths", "archivePaths"] as const;

/** Names of all inputs. */
export const INPUT_NAMES: readonly string[] = Object.keys(INPUTS.fields);

/** Decoded inputs, without secrets around them. */
export interface CommandInputs {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
  readonly stdin?: string;
  readonly logging?: string;
  readonly interpreter?: readonly string[];
  readonly dir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly addPreviousOutputInEnv?: boolean;
}

/** Inputs and outputs in the state. */
export interface CommandState extends CommandInputs {
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Lists the invalid ones among a program's inputs. */
export function inputFaults(properties: Properties): FieldFault[] {
  const plain = revealAll(properties);
  const refused = UNSUPPORTED.filter((name) => (plain[name] ?? null) !== null);
  return [
    ...shapeFaults(plain, INPUTS),
    ...refused.map((name) => ({
      property: name,
      reason: `'${name}' is not supported by the offline implementation of command:local:Command; install the official plugin (pulumi plugin install resource command 1.2.1)`,
    })),
  ];
}

/**
 * Decodes inputs.
 *
 * @throws Error naming each invalid field.
 */
export function decodeInputs(properties: Properties): CommandInputs {
  return decode(properties, INPUTS);
}

/**
 * Decodes a state.
 *
 * @throws Error naming each invalid field.
 */
export function decodeState(properties: Properties): CommandState {
  return decode(properties, STATE);
}

function decode(properties: Properties, shape: Shape): CommandState {
  const plain = revealAll(properties);
  const faults = shapeFaults(plain, shape);
  if (faults.length > 0) {
    const list = faults.map((fault) => `\n\t${fault.property}: ${fault.reason}`).join("");
    throw new Error(`${faults.length} failures decoding:${list}`);
  }
  const known = Object.entries(plain).filter(([, value]) => value !== null && !isUnknown(value));
  return Object.fromEntries(known);
}

function revealAll(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([k, value]) => [k, reveal(value)]));
}
