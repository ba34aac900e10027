/** Questions on a terminal. */
import { DeployError } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * ASCII signs for the prompts. By default the prompts look at the terminal and not at its locale.
 */
const ASCII = { prefix: { idle: "?", done: "*" }, spinner: { interval: 80, frames: ["-"] } };

/** Whether a person can be asked. */
export function canAsk({ screens }: CommandContext): boolean {
  return process.stdin.isTTY === true && screens.stdout.isTerminal;
}

/** Signs of the prompts, as the locale can show them. */
export function promptTheme({ screens }: CommandContext) {
  return screens.stdout.isUnicode ? {} : ASCII;
}

/**
 * Waits for the answer to a question.
 *
 * @param ask asks, until its signal fires
 * @param refusal message for a question that is not answered
 * @throws DeployError of kind `Canceled`
 */
export async function answered<T>(
  { signal }: CommandContext,
  ask: (until: AbortSignal) => Promise<T>,
  refusal: string,
): Promise<T> {
  // The prompts would wait for ever when their input is closed, as by Ctrl-D.
  const closed = new AbortController();
  const onClose = () => closed.abort();
  process.stdin.once("pause", onClose);
  try {
    return await ask(AbortSignal.any([signal, closed.signal]));
  } catch (cause) {
    const names = ["ExitPromptError", "AbortPromptError", "CancelPromptError"];
    if (cause instanceof Error && names.includes(cause.name)) {
      throw new DeployError("Canceled", refusal);
    }
    throw cause;
  } finally {
    process.stdin.off("pause", onClose);
  }
}
