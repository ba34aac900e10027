/**
 * How a process failed to end well.
 *
 * - `not-found`: there is no such program on the PATH.
 * - `spawn-failed`: it never started for another reason (no such folder, not executable).
 * - `timed-out`: it was ended because its deadline passed.
 * - `canceled`: it was ended because the caller's `AbortSignal` fired.
 */
export type ProcessFailureKind = "not-found" | "spawn-failed" | "timed-out" | "canceled";

/**
 * A process that gave no exit code of its own. An exit code other than 0 is not a failure here:
 * {@link run} returns it, and the caller decides what it means.
 */
export class ProcessFailure extends Error {
  override readonly name = "ProcessFailure";
  readonly kind: ProcessFailureKind;
  /** The program that was asked for, without its arguments. */
  readonly program: string;
  /** Last output before the end, standard error behind standard output; may be empty. */
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
   * The same without its output. A cause is shown as it is, by loggers and by Node itself, and what
   * a program printed may hold secrets.
   */
  withoutOutput(): ProcessFailure {
    return new ProcessFailure(this.kind, this.program, this.message, { cause: this.cause });
  }
}
