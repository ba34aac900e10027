import { DeployError } from "../../errors.ts";
import { keysText, writeKeyFile } from "../../keys/key-file.ts";
import { readStackKeys } from "../../pulumi/cli/stack-keys.ts";
import type { Session } from "../session.ts";
import { type StackOption, stackOf } from "./keys-stack.ts";

/**
 * Writes the keys of a stack to a new file, or to where results go unless that is a terminal.
 *
 * @throws DeployError of kind `InvalidConfig`
 */
export async function exportCommand(
  session: Session,
  options: StackOption & {
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
  const saved = await readStackKeys(stackOf(session, options), options.project);
  if (options.output === undefined) {
    session.output.result(keysText(saved));
    return;
  }
  await writeKeyFile(options.output, keysText(saved));
  session.output.result(
    `The keys of project ${saved.projectName} are in ${options.output}. Whoever has it can read the data: keep it where you keep passwords.`,
  );
}
