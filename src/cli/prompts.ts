/** Questions to the person at the terminal. */
import { DeployError } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * ASCII signs for the prompts. By default the prompts look at the terminal and not at its locale.
 */
const ASCII = { prefix: { idle: "?", done: "*" }, spinner: { interval: 80, frames: ["-"] } };

/** Signs of the prompts that the screen can show. */
export function promptTheme({ screens }: CommandContext): object {
  return screens.stdout.isUnicode ? {} : ASCII;
}

/** Whether a person can read questions and answer them. */
export function canAsk({ screens }: CommandContext): boolean {
  return process.stdin.isTTY === true && screens.stdout.isTerminal;
}

/**
 * Asks a question until it is answered.
 *
 * @param ask shows a prompt that the signal ends
 * @param unanswered message for a question that nobody answers
 * @throws DeployError of kind `Canceled`
 */
export async function answered<T>(
  { signal }: CommandContext,
  unanswered: string,
  ask: (signal: AbortSignal) => Promise<T>,
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
      throw new DeployError("Canceled", unanswered);
    }
    throw cause;
  } finally {
    process.stdin.off("pause", onClose);
  }
}
