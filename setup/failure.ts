/** Exit code of a script when a person has to do something first. */
const NEEDS_A_PERSON = 3;
/** Exit code of a script after wrong usage. */
export const USAGE_EXIT_CODE = 2;

/**
 * A script that cannot go on. The message says what happened and what to do next. Running the same
 * command again continues where it stopped.
 */
export class SetupFailure extends Error {
  override readonly name = "SetupFailure";
  readonly exitCode: number;

  constructor(
    message: string,
    options: { readonly exitCode?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? NEEDS_A_PERSON;
  }
}
