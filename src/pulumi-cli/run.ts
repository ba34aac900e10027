/** The `pulumi` program on the PATH, working on a stack. */
import { DeployError } from "../errors.ts";
import { ProcessFailure } from "../process/failure.ts";
import { type RunResult, run } from "../process/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { redactorFor } from "../text/redact.ts";

/** A backend on the other side of the world takes seconds, a passphrase dialogue does not occur. */
const TIMEOUT_MS = 120_000;
const MAX_STATE_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 4 * 1024;

/** How to reach a stack. */
export interface StackOptions {
  readonly stack: string;
  /** Folder of the program. */
  readonly folder: string;
  /** The caller's whole environment: backends and secrets providers take credentials from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command on a stack and returns its output.
 *
 * @param stdin a value for the command, which no error shows
 * @param errorsIn finds what went wrong in the output of a command that prints it there
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `Canceled`
 */
export async function pulumi(
  options: StackOptions,
  args: readonly string[],
  stdin?: string,
  errorsIn: (stdout: string) => string = () => "",
): Promise<RunResult> {
  const result = await start(options, args, stdin);
  if (result.exitCode !== 0) {
    const redact = redactorFor(stdin === undefined ? [] : [stdin]);
    const errors = [errorsIn(result.stdout), result.stderr].filter((text) => text.trim() !== "");
    const said = tailBytes(redact(cleanText(errors.join("\n"))).trim(), MAX_ERROR_BYTES);
    const advice =
      "Check the stack's name, that you are in the program's folder, and that Pulumi has its backend and passphrase as for `pulumi up`.";
    throw new DeployError(
      "CommandFailed",
      `pulumi ${args[0]} ${args[1]} failed for stack ${options.stack}. ${advice}\n${said}`,
      { exitCode: result.exitCode, stderr: said },
    );
  }
  return result;
}

async function start(options: StackOptions, args: readonly string[], stdin: string | undefined) {
  const environment = Object.entries(options.environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  try {
    return await run("pulumi", [...args, "--stack", options.stack, "--non-interactive"], {
      cwd: options.folder,
      env: { ...Object.fromEntries(environment), PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutMs: TIMEOUT_MS,
      signal: options.signal,
      captureBytes: MAX_STATE_BYTES,
      ...(stdin === undefined ? {} : { stdin }),
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) {
      throw error;
    }
    throw new DeployError(
      error.kind === "canceled" ? "Canceled" : "CommandExecution",
      `${error.message}. Put the \`pulumi\` program on the PATH; \`z-billing-lago doctor\` checks it.`,
      { cause: error.withoutOutput() },
    );
  }
}
