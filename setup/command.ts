import { inheritedEnvironment } from "../src/process/environment.ts";
import { ProcessFailure } from "../src/process/failure.ts";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { cleanText } from "../src/text/clean.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";

/** One program that the set-up runs. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Variables beside the inherited ones. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLine?: RunOptions["onLine"];
  /** Ends the program beside the script's own signal. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program, whatever its exit code.
 *
 * @throws ProcessFailure as {@link run} does
 */
export async function execute(context: SetupContext, command: Command): Promise<RunResult> {
  const signals = [context.signal, ...(command.signal ? [command.signal] : [])];
  return await run(command.program, command.args, {
    env: { ...inheritedEnvironment(context.env), ...command.environment },
    timeoutMs: command.timeoutMs,
    signal: AbortSignal.any(signals),
    onLine: command.onLine,
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
}

/** The output of a program that may be missing or fail; undefined when it did. */
export async function probe(context: SetupContext, command: Command): Promise<string | undefined> {
  try {
    const result = await execute(context, command);
    return result.exitCode === 0 ? result.stdout.trim() : undefined;
  } catch (error) {
    if (error instanceof ProcessFailure && error.kind !== "canceled") {
      return undefined;
    }
    throw error;
  }
}

/**
 * Runs a program that has to succeed.
 *
 * @param purpose what it is for, as the subject of an error message
 * @param next what to do when it fails
 * @throws SetupFailure with the end of its output when it fails
 */
export async function mustSucceed(
  context: SetupContext,
  command: Command,
  purpose: string,
  next: string,
): Promise<RunResult> {
  try {
    const result = await execute(context, command);
    if (result.exitCode === 0) {
      return result;
    }
    const output = lastLines(`${result.stdout}\n${result.stderr}`);
    throw new SetupFailure(
      `${purpose} failed: ${command.program} ended with exit code ${result.exitCode}.\n${output}\n${next}`,
    );
  } catch (error) {
    if (error instanceof ProcessFailure && error.kind !== "canceled") {
      throw new SetupFailure(
        `${purpose} failed: ${error.message}.\n${lastLines(error.output)}\n${next}`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** The last lines of an output, indented, for a person to read. */
export function lastLines(output: string, count = 15): string {
  const lines = cleanText(output)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines
    .slice(-count)
    .map((line) => `    ${line}`)
    .join("\n");
}
