/** Runs the `pulumi` program on the PATH. */

import { DeployError } from "../../errors.ts";
import { definedOnly } from "../../process/environment.ts";
import { ProcessFailure } from "../../process/failure.ts";
import { type RunOptions, type RunResult, run } from "../../process/run.ts";
import { redactorFor } from "../../redaction/redact.ts";
import { cleanText, tailBytes } from "../../text/clean.ts";
import { zbl } from "../../text/zbl.ts";

/** Longest run: a distant backend takes seconds, and Pulumi never asks for a passphrase. */
const TIMEOUT_MS = 120_000;
const MAX_STATE_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 4 * 1024;

/** Names a stack and the way to it. */
export interface StackOptions {
  readonly stack: string;
  /** Folder of the program. */
  readonly folder: string;
  /** Whole environment of the caller: backends and secrets providers take credentials from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Path of the file that config commands read and write. Defaults to the stack's own. */
  readonly configFile?: string | undefined;
}

/** Options of one command; see {@link RunOptions}. */
export type CommandOptions = Partial<
  Pick<RunOptions, "timeoutMs" | "stdin" | "onLine" | "onStart" | "endSteps">
>;

/**
 * Runs a command on a stack and returns its output.
 *
 * @param stdin value for the command, which no error shows
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `Canceled`
 */
export async function pulumi(
  options: StackOptions,
  args: readonly string[],
  stdin?: string,
): Promise<RunResult> {
  const { stack, configFile } = options;
  const file =
    configFile === undefined || args[0] !== "config" ? [] : ["--config-file", configFile];
  const result = await runPulumi(options, [...args, "--stack", stack, ...file], {
    ...(stdin === undefined ? {} : { stdin }),
  });
  if (result.exitCode !== 0) {
    const redact = redactorFor(stdin === undefined ? [] : [stdin]);
    const tail = tailBytes(redact(cleanText(result.stderr)).trim(), MAX_ERROR_BYTES);
    const advice =
      "Check the stack's name, that you are in the program's folder, and that Pulumi has its backend and passphrase as for `pulumi up`.";
    throw new DeployError(
      "CommandFailed",
      `pulumi ${args[0]} ${args[1]} failed for stack ${options.stack}. ${advice}\n${tail}`,
      { exitCode: result.exitCode, stderr: tail },
    );
  }
  return result;
}

/**
 * Runs a command and returns its exit code and output, also of a failed command.
 *
 * @throws DeployError of kind `CommandExecution` or `Canceled`
 */
export async function runPulumi(
  options: Omit<StackOptions, "stack">,
  args: readonly string[],
  command: CommandOptions = {},
): Promise<RunResult> {
  try {
    return await run("pulumi", [...args, "--non-interactive"], {
      timeoutMs: TIMEOUT_MS,
      ...command,
      cwd: options.folder,
      env: { ...definedOnly(options.environment), PULUMI_SKIP_UPDATE_CHECK: "true" },
      signal: options.signal,
      captureBytes: MAX_STATE_BYTES,
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) {
      throw error;
    }
    const advice =
      error.kind === "not-found" || error.kind === "spawn-failed"
        ? `. Put the \`pulumi\` program on the PATH; \`${zbl("doctor")}\` checks it.`
        : "";
    throw new DeployError(
      error.kind === "canceled" ? "Canceled" : "CommandExecution",
      `${error.message}${advice}`,
      { cause: error.withoutOutput() },
    );
  }
}
