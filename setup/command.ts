import { inheritedEnvironment } from "../src/process/environment.ts";
import { ProcessFailure } from "../src/process/failure.ts";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { cleanText } from "../src/text/clean.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";

/** A program call of the setup. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Deadline in milliseconds. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Variables beside the inherited ones. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLine?: RunOptions["onLine"];
  /** Ends the program, in addition to the script's own signal. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program. Any exit code is accepted.
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

/** Returns the output of a program that may be missing or fail; undefined when it did. */
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
 * @param purpose purpose of the call, as the subject of an error message
 * @param next instructions for a failure
 * @throws SetupFailure with the end of the output when the program fails
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

/** Returns the last lines of an output, indented, for a message. */
export function lastLines(output: string, count = 15): string {
  const lines = cleanText(output)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines
    .slice(-count)
    .map((line) => `    ${line}`)
    .join("\n");
}
