/** The stack that a script is about. */
import type { SetupContext } from "../../setup/context.ts";
import {
  type ChosenStack,
  chooseStack,
  chosenStackText,
  type MissingStack,
} from "../../src/pulumi/cli/choose-stack.ts";
import { listStacks } from "../../src/pulumi/cli/stacks.ts";
import type { PulumiSession } from "./session.ts";

/**
 * Chooses the stack as the command line does, and names it.
 *
 * @param named name that was typed; undefined for none
 * @param folder folder of the Pulumi program. Defaults to the checkout
 * @throws DeployError of kind `StackNotFound`, or of the kinds of {@link listStacks}
 */
export async function chosenStack(
  context: SetupContext,
  { env: environment }: PulumiSession,
  named: string | undefined,
  missing: MissingStack = {},
  folder = context.root,
): Promise<ChosenStack> {
  const call = { folder, environment, signal: context.signal };
  const chosen = chooseStack(named, await listStacks(call), missing);
  context.report.ok(chosenStackText(chosen));
  return chosen;
}
