import { type Violation, violations } from "./violation.ts";

/** Maximum size of an error in bytes. */
export const MAX_ERROR_BYTES = 8 * 1024;

/**
 * Required contents of an error.
 *
 * This project has to show the kind by name, and a next step. Other subjects have no such names:
 * showing docker's own words for the cause anywhere in their output is enough. They need no next
 * step, since none of them claims to give one. Every subject has to name the service or resource.
 */
export interface Failure {
  /** Kind of error that this project has to name, such as `DiskFull`. */
  readonly kind: string;
  /** Docker's own words, or a plain statement of the cause. */
  readonly words: RegExp;
  /** Name of the failed service, image, port or other resource, if there is one. */
  readonly names?: RegExp | undefined;
}

/** The error of a failed operation. */
export interface ShownError {
  readonly operation: string;
  readonly text: string;
  /** Expectation of the case; undefined when the operation was not supposed to fail. */
  readonly expected: Failure | undefined;
  /** Whether this project printed the error. */
  readonly ours: boolean;
}

/** A command in backquotes, or a sentence that says to run the last command again. */
const NEXT_STEP = /`[^`\n]+`|run (it|the same command) again/i;

/** Invariant: an error is bounded, and says what a person needs to know. */
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
