/** A message with the commands that a person may type next. */

/** Purpose of a command, and the complete command. */
export type NextStep = readonly [purpose: string, command: string];

/** Formats a message: one line on the facts, and a line for each command. */
export function message(facts: string, steps: readonly NextStep[]): string {
  return [facts, ...steps.map(([purpose, command]) => `    ${purpose}: ${command}`)].join("\n");
}
