/**
 * Processes that gave no exit code. Apart from `start.ts`, which loads execa: many files only need
 * this.
 */
import { statSync } from "node:fs";

/**
 * How a process failed.
 *
 * - `not-found`: there is no such program on the PATH.
 * - `spawn-failed`: the process never started for another reason (no such folder, not executable).
 * - `timed-out`: the process was ended because its deadline passed.
 * - `canceled`: the process was ended because the caller's `AbortSignal` fired.
 */
export type ProcessFailureKind = "not-found" | "spawn-failed" | "timed-out" | "canceled";

/**
 * A process that gave no exit code of its own. An exit code other than 0 is not a failure here:
 * `run` returns it, and the caller decides what it means.
 */
export class ProcessFailure extends Error {
  override readonly name = "ProcessFailure";
  readonly kind: ProcessFailureKind;
  /** Program that was to run, without its arguments. */
  readonly program: string;
  /** Last output before the end: standard output, then standard error. May be empty. */
  readonly output: string;

  constructor(
    kind: ProcessFailureKind,
    program: string,
    message: string,
    details: { readonly output?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.program = program;
    this.output = details.output ?? "";
  }

  /**
   * Returns a copy without the output, to use as the cause of another error. Loggers and Node
   * itself print a cause unchanged, and the output of a program may hold secrets.
   */
  withoutOutput(): ProcessFailure {
    return new ProcessFailure(this.kind, this.program, this.message, { cause: this.cause });
  }
}

/**
 * Turns the error of a program that never started into a {@link ProcessFailure}. The system reports
 * a missing folder as a missing program; this function looks which of the two is missing.
 */
export function startFailure(
  program: string,
  { cwd }: { readonly cwd?: string },
  cause: unknown,
): ProcessFailure {
  const fail = (kind: "not-found" | "spawn-failed", message: string) =>
    new ProcessFailure(kind, program, message, { cause });
  if (cwd !== undefined && !isDirectory(cwd)) {
    return fail("spawn-failed", `${program} was not started: the folder ${cwd} does not exist`);
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ERR_INVALID_ARG_VALUE") {
    // Without the cause: Node's own message quotes the value, which may be a secret.
    const message = `${program} was not started: an argument or variable holds a NUL character`;
    return new ProcessFailure("spawn-failed", program, message);
  }
  if (code === "ENOENT") {
    return fail("not-found", `${program} was not found on the PATH`);
  }
  return fail("spawn-failed", `${program} could not be started${code ? ` (${code})` : ""}`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
