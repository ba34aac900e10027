/** Exit code of wrong usage, and of a change that needs an answer which nobody can give. */
export const USAGE_EXIT_CODE = 2;

/** Words of a command line, as far as its parser got with them. */
export interface UsedWords {
  /** Names of the command and those above it, without the program's: `["keys", "export"]`. */
  readonly command: readonly string[];
  /** Arguments behind the command. */
  readonly args: readonly string[];
  /** Whether the first argument was taken for the name of a command, and is none. */
  readonly isUnknownCommand: boolean;
}

/** Wrong usage of the command line: nothing was asked of Docker or Pulumi, and nothing was touched. */
export class UsageError extends Error {
  /** Words at fault. Undefined where the message names the next step by itself. */
  readonly words: UsedWords | undefined;

  /** @param message one line: the fault, and what to type instead where `words` are left out */
  constructor(message: string, words?: UsedWords) {
    super(message);
    this.name = "UsageError";
    this.words = words;
  }
}
