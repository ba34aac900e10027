/** Words behind `up` and `destroy`: the stack, and arguments for Pulumi. Pure. */
import { UsageError } from "../usage-error.ts";

/** Words of a command that changes a stack. */
export interface ChangeWords {
  /** Name of the stack; undefined for none. */
  readonly stack: string | undefined;
  /** Arguments for Pulumi. */
  readonly rest: readonly string[];
}

/**
 * Tells the stack from arguments for Pulumi, which stand behind `--` and begin with an option.
 *
 * @throws UsageError for a second name
 */
export function changeWords(first: string | undefined, others: readonly string[]): ChangeWords {
  if (first === undefined || first.startsWith("-")) {
    return { stack: undefined, rest: first === undefined ? [] : [first, ...others] };
  }
  if (others[0] !== undefined && !others[0].startsWith("-")) {
    throw new UsageError(`${first} is a stack, and ${others[0]} is one too many.`);
  }
  return { stack: first, rest: others };
}
