import { type Violation, violations } from "./violation.ts";

/** Most bytes of an error. */
export const MAX_ERROR_BYTES = 8 * 1024;

/**
 * What an error has to say.
 *
 * Ours is asked for the kind by name, and for a next step. Others have no such names: they name the
 * cause when they show docker's own words for it, wherever in their output. A next step is not asked
 * of them, since none of them claims to give one; a service or resource is asked of everybody.
 */
export interface Failure {
  /** The kind of error that ours has to name, such as `DiskFull`. */
  readonly kind: string;
  /** Docker's own words, or a plain statement of the cause. */
  readonly words: RegExp;
  /** The service, image, port or whatever is at fault, where there is one. */
  readonly names?: RegExp | undefined;
}

/** The error of an operation that failed. */
export interface ShownError {
  readonly operation: string;
  readonly text: string;
  /** What the case expects of it; undefined when it was not to fail at all. */
  readonly expected: Failure | undefined;
  /** Whether ours has shown it. */
  readonly ours: boolean;
}

/** A command in backquotes, or one of the sentences that tell to type the last one again. */
const NEXT_STEP = /`[^`\n]+`|run (it|the same command) again/i;

/** An error is bounded, and says what a person needs to know. */
export function checkError({ operation, text, expected, ours }: ShownError): Violation[] {
  const reasons: string[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_ERROR_BYTES) {
    reasons.push(`the error of ${operation} has ${bytes} bytes`);
  }
  if (expected !== undefined) {
    const cause = ours ? text.includes(`${expected.kind}: `) : expected.words.test(text);
    if (!cause) {
      const wanted = ours ? expected.kind : `the cause (${expected.words})`;
      reasons.push(`the error of ${operation} does not name ${wanted}`);
    }
    if (expected.names !== undefined && !expected.names.test(text)) {
      reasons.push(`the error of ${operation} does not name what is at fault (${expected.names})`);
    }
    if (ours && !NEXT_STEP.test(text)) {
      reasons.push(`the error of ${operation} names no next step`);
    }
  }
  return violations("I7", reasons);
}
