/** Asks a person to agree to a change, where somebody can answer. */
import type { StackContext, StackOutcome, StackRequest } from "./context.ts";
import { message } from "./message.ts";

/** Change that a person has to agree to. */
export interface Agreement {
  /** Whether the change needs an answer, or the option that stands for one. */
  readonly isNeeded: boolean;
  /** Whether the name of the stack has to be typed. */
  readonly byName: boolean;
  /** Whether the option that stands for an answer is not enough. */
  readonly inPerson: boolean;
  /** Question that is answered by yes or no. */
  readonly question: string;
  /** Consequence for a person who has to type the name of the stack, as a sentence. */
  readonly stake: string;
  /** Reason of a refusal where nobody can answer, as a sentence. */
  readonly refusal: string;
  /** Complete command that goes on without a question. */
  readonly command: string;
}

/**
 * Asks for agreement.
 *
 * @returns the outcome of an operation that ends here; undefined for one that goes on
 * @throws DeployError of kind `Canceled` when the question is not answered
 */
export async function agree(
  { questions, display }: StackContext,
  { stack, yes }: StackRequest,
  agreement: Agreement,
): Promise<StackOutcome | undefined> {
  const { isNeeded, byName, inPerson, question, stake, refusal, command } = agreement;
  if (!isNeeded || (yes && !inPerson)) {
    return undefined;
  }
  if (questions === undefined) {
    const purpose = inPerson ? "To answer, run on a terminal" : "To go on without a question";
    display.note(message(`${refusal} Nothing was touched.`, [[purpose, command]]));
    return { end: inPerson ? "refused" : "unanswered" };
  }
  if (byName) {
    display.note(stake);
  }
  const isAgreed = byName
    ? (await questions.text(`To go on, type the name of the stack (${stack}):`)).trim() === stack
    : await questions.yesNo(question);
  if (isAgreed) {
    return undefined;
  }
  display.note(`Nothing was changed in stack ${stack}.`);
  return { end: "canceled", kind: "Canceled" };
}
