/** The value that `set` stores: from its argument, from a question, or from standard input. */
import { text as readAll } from "node:stream/consumers";
import { invalidConfig } from "../../errors.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { answered, canAsk, promptTheme } from "../prompts.ts";
import type { NamedSetting } from "./named-setting.ts";

/** Asks a person for a value; a secret is not shown. */
export type AskValue = (message: string, isSecret: boolean) => Promise<string>;

/** A value to find, and the stack that it is for. */
export interface WantedValue {
  readonly setting: NamedSetting;
  /** Name of the setting as it was typed. */
  readonly name: string;
  readonly stack: string;
  /** Value on the command line, if any. */
  readonly argument: string | undefined;
}

/**
 * Finds the new value of a setting. A secret is never taken from an argument, which the shell's
 * history and the list of processes show.
 *
 * @param ask asks a person. Defaults to a question on the terminal, where there is one
 * @throws DeployError of kind `InvalidConfig` for a secret in an argument or an empty standard
 *   input, or of kind `Canceled`
 */
export async function newValue(
  context: CommandContext,
  { setting, name: field, stack, argument }: WantedValue,
  ask: AskValue | undefined = canAsk(context) ? asker(context) : undefined,
): Promise<string> {
  const again = zbl("set", stack, field);
  if (argument !== undefined) {
    if (setting.isSecret) {
      const message = `is a secret, which an argument shows to the shell's history and to other users. Nothing was changed. Type the value when asked, or send it by standard input: ${again}`;
      throw invalidConfig([{ field, message }]);
    }
    return argument;
  }
  const value =
    ask === undefined
      ? (await readAll(process.stdin)).replace(/\r?\n$/, "")
      : await ask(`${field} of stack ${stack}`, setting.isSecret);
  if (value === "") {
    const message = `has no value: nothing came by standard input, and nothing was changed. On a terminal this asks for it: ${again}`;
    throw invalidConfig([{ field, message }]);
  }
  return value;
}

function asker(context: CommandContext): AskValue {
  return async (message, isSecret) => {
    const { input, password } = await import("@inquirer/prompts");
    const theme = promptTheme(context);
    const required = (answer: string) => answer !== "" || "Type a value, or press Ctrl-C.";
    const question = { message, theme, validate: required };
    return await answered(
      context,
      "Nothing was changed: the question was not answered.",
      (signal) => (isSecret ? password : input)(question, { signal }),
    );
  };
}
