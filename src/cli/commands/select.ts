/** `select`: chooses the stack that commands without a name are about. */
import { pulumi } from "../../pulumi/cli/run.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenStack, type StackChoice } from "../stack-target.ts";

/**
 * Selects a stack.
 *
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 */
export async function selectCommand(
  context: CommandContext,
  stack: string,
  options: StackChoice,
): Promise<void> {
  const target = await chosenStack(context, { ...options, stack });
  await pulumi(target, ["stack", "select"]);
  context.output.result(
    `Stack ${target.stack} is selected. Commands that name no stack are about this one.`,
  );
}
