import { DeployError } from "../../errors.ts";
import { keysText } from "../../keys/saved-keys.ts";
import { readStackKeys } from "../../pulumi/cli/stack-keys.ts";
import type { CommandContext } from "../command-context.ts";
import { writeKeyFile } from "../key-file.ts";
import { stackName } from "../stack-options.ts";
import { chosenStack, type StackChoice } from "../stack-target.ts";

/**
 * Writes the keys of a stack to a new file, or to standard output unless that is a terminal.
 *
 * @throws DeployError of kind `InvalidConfig`
 */
export async function exportCommand(
  context: CommandContext,
  word: string | undefined,
  options: StackChoice & {
    readonly project?: string;
    readonly output?: string;
    readonly toTerminal?: boolean;
  },
): Promise<void> {
  if (options.output === undefined && process.stdout.isTTY && options.toTerminal !== true) {
    throw new DeployError(
      "InvalidConfig",
      "The keys are not shown on a terminal. Name a file with --output, send them to another program, or insist with --to-terminal.",
    );
  }
  const saved = await readStackKeys(
    await chosenStack(context, { ...options, stack: stackName(word, options.stack) }),
    options.project,
  );
  if (options.output === undefined) {
    context.output.result(keysText(saved));
    return;
  }
  await writeKeyFile(options.output, keysText(saved));
  context.output.result(
    `The keys of project ${saved.projectName} are in ${options.output}. Whoever has the file can read the data: keep it where you keep passwords.`,
  );
}
