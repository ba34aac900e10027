/**
 * Operations of `command:local:Command`: the processes and the results of create, update and
 * delete.
 */
import { randomBytes } from "node:crypto";
import { type CommandInputs, type CommandState, decodeInputs, decodeState } from "./inputs.ts";
import type { LineLog } from "./line-log.ts";
import { previewOutputs } from "./preview.ts";
import { type CommandLine, runCommand } from "./run-command.ts";
import { type Properties, textValue, unwrap } from "./values.ts";

/** Options of an operation beside the properties. */
export interface Operation {
  /** Ends the command when it fires. */
  readonly signal: AbortSignal;
  readonly log: LineLog;
  /** Whether the engine accepts text that is not UTF-8. */
  readonly acceptsByteString: boolean;
  /** Whether this is a preview, in which nothing runs. */
  readonly preview: boolean;
}

/** Generates a random id for a resource of this name. */
export function newId(name: string): string {
  return name + randomBytes(4).toString("hex");
}

/** Runs `create`, if set, and returns the state of the new resource. */
export async function createCommand(inputs: Properties, operation: Operation): Promise<Properties> {
  const decoded = decodeNewInputs(inputs);
  const before = { stdout: "", stderr: "" };
  if (operation.preview) {
    return { ...inputs, ...previewOutputs(undefined, inputs, before) };
  }
  return { ...inputs, ...(await outputsOf(decoded.create, decoded, {}, before, operation)) };
}

/** Runs `update`, or else `create`, with the new inputs and returns the new state. */
export async function updateCommand(
  state: Properties,
  inputs: Properties,
  operation: Operation,
): Promise<Properties> {
  const previous = decodeState(state);
  const decoded = decodeInputs(inputs);
  const before = { stdout: unwrap(state.stdout ?? ""), stderr: unwrap(state.stderr ?? "") };
  if (operation.preview) {
    return { ...inputs, ...previewOutputs(state, inputs, before) };
  }
  const command = decoded.update ?? decoded.create;
  const outputs = await outputsOf(command, decoded, previous, before, operation);
  return { ...inputs, ...collectedFiles(state), ...outputs };
}

/** Runs the `delete` command of the state, if set. */
export async function deleteCommand(state: Properties, operation: Operation): Promise<void> {
  const previous = decodeState(state);
  await outputsOf(previous.delete, previous, previous, {}, operation);
}

/** Files that an official plugin collected before this one replaced it; they stay in the state. */
function collectedFiles({ assets = null, archive = null }: Properties): Properties {
  return { assets, archive };
}

function decodeNewInputs(inputs: Properties): CommandInputs {
  try {
    return decodeInputs(inputs);
  } catch (error) {
    throw new Error(`invalid inputs: ${(error as Error).message}`);
  }
}

async function outputsOf(
  command: string | undefined,
  inputs: CommandInputs,
  previous: CommandState,
  unchanged: Properties,
  operation: Operation,
): Promise<Properties> {
  if (command === undefined) {
    return unchanged;
  }
  const line = commandLine(command, inputs, previous);
  const output = await runCommand(line, operation.log, operation.signal);
  const text = (name: "stdout" | "stderr") =>
    textValue(withoutLastNewline(output[name]), name, operation.acceptsByteString);
  return { stdout: text("stdout"), stderr: text("stderr") };
}

function commandLine(command: string, inputs: CommandInputs, previous: CommandState): CommandLine {
  const { interpreter = [], logging } = inputs;
  return {
    interpreter: interpreter.length > 0 ? interpreter : ["/bin/sh", "-c"],
    command,
    dir: inputs.dir || process.cwd(),
    env: { ...process.env, ...inputs.environment, ...previousOutput(inputs, previous) } as Record<
      string,
      string
    >,
    stdin: inputs.stdin ?? "",
    logged: {
      stdout: logging === undefined || logging === "stdout" || logging === "stdoutAndStderr",
      stderr: logging === undefined || logging === "stderr" || logging === "stdoutAndStderr",
    },
  };
}

/** Output of the last create or update, for the environment of the next command. */
function previousOutput(inputs: CommandInputs, previous: CommandState): Record<string, string> {
  if (inputs.addPreviousOutputInEnv === false) {
    return {};
  }
  return {
    ...(previous.stdout && { PULUMI_COMMAND_STDOUT: previous.stdout }),
    ...(previous.stderr && { PULUMI_COMMAND_STDERR: previous.stderr }),
  };
}

function withoutLastNewline(output: Buffer): Buffer {
  return output.at(-1) === 0x0a ? output.subarray(0, -1) : output;
}
