/** Surroundings of an operation on a stack, for a person at a terminal or a program. */
import type { Questions, StackContext } from "../stacks/context.ts";
import type { CommandContext } from "./command-context.ts";
import { stackProgress } from "./output/stack-progress.ts";
import { statusText } from "./output/status-text.ts";
import { answered, canAsk, promptTheme } from "./prompts.ts";

/**
 * Makes the surroundings.
 *
 * @param folder folder of the Pulumi program
 * @param questions asks. Defaults to prompts on the terminal, where there is one.
 */
export function stackContext(
  context: CommandContext,
  folder: string,
  questions: Questions | undefined = canAsk(context) ? promptsOf(context) : undefined,
): StackContext {
  const { environment, output, screens, signal } = context;
  return {
    folder,
    environment,
    signal,
    questions,
    display: {
      isTerminal: screens.stdout.isTerminal,
      note: (text) => output.note(text),
      result: (text) => output.result(text),
      statusTable: (name, status) => statusText(name, status, screens.stdout),
      progress: (deployments) => stackProgress(context, deployments),
    },
  };
}

function promptsOf(context: CommandContext): Questions {
  const theme = promptTheme(context);
  const unanswered = "Nothing was changed: the question was not answered.";
  return {
    yesNo: async (message) => {
      const { confirm } = await import("@inquirer/prompts");
      return await answered(context, unanswered, (signal) =>
        confirm({ message, theme, default: false }, { signal }),
      );
    },
    text: async (message) => {
      const { input } = await import("@inquirer/prompts");
      return await answered(context, unanswered, (signal) => input({ message, theme }, { signal }));
    },
  };
}
