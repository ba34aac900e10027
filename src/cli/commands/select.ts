/** `select`: chooses the stack that commands without a name are about. */
import { pulumi } from "../../pulumi/cli/run.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenStack, type StackChoice, stacksOf } from "../stack-target.ts";

/**
 * Selects a stack. Without a name, shows which one is selected.
 *
 * @throws DeployError of kind `StackNotFound`, or of the kinds that Pulumi's calls throw
 */
export async function selectCommand(
  context: CommandContext,
  stack: string | undefined,
  options: StackChoice,
): Promise<void> {
  if (stack === undefined && options.stack === undefined) {
    const stacks = await stacksOf(context, options);
    const selected = stacks.find(({ current }) => current);
    const others = stacks.map(({ name }) => name).join(", ");
    context.output.result(
      `${selected === undefined ? "No stack is selected" : `Stack ${selected.name} is selected`}. Stacks: ${others || "none"}.`,
    );
    return;
  }
  const target = await chosenStack(context, { ...options, stack: stack ?? options.stack });
  await pulumi(target, ["stack", "select"]);
  context.output.result(
    `Stack ${target.stack} is selected. Commands that name no stack are about this one.`,
  );
}
