/** The stack that a script is about. */
import type { SetupContext } from "../../setup/context.ts";
import {
  type ChosenStack,
  chooseStack,
  chosenStackText,
  findStack,
} from "../../src/pulumi/cli/choose-stack.ts";
import { pulumi } from "../../src/pulumi/cli/run.ts";
import { listStacks } from "../../src/pulumi/cli/stacks.ts";
import type { PulumiSession } from "./session.ts";

/** Treatment of a stack that does not exist. Each field defaults to false. */
export interface MissingStack {
  /** Whether to make the first stack of a program that has none. */
  readonly makeFirst?: boolean;
  /** Whether to make the named stack. */
  readonly create?: boolean;
}

/**
 * Chooses the stack as the command line does, names it, and makes it where that is asked for. The first
 * stack is selected, and no other one is.
 *
 * @param named name that was typed; undefined for none
 * @param folder folder of the Pulumi program. Defaults to the checkout
 * @throws DeployError of kind `StackNotFound`, or of the kinds of {@link listStacks}
 */
export async function chosenStack(
  context: SetupContext,
  { env: environment }: PulumiSession,
  named: string | undefined,
  { makeFirst = false, create = false }: MissingStack = {},
  folder = context.root,
): Promise<ChosenStack> {
  const call = { folder, environment, signal: context.signal };
  const stacks = await listStacks(call);
  const isNew = create && named !== undefined && findStack(named, stacks) === undefined;
  const chosen: ChosenStack = isNew
    ? { name: named, reason: "first" }
    : chooseStack(named, stacks, makeFirst);
  context.report.ok(chosenStackText(chosen));
  if (chosen.reason === "first") {
    const quietly = stacks.length === 0 ? [] : ["--no-select"];
    await pulumi({ ...call, stack: chosen.name }, ["stack", "init", ...quietly]);
  }
  return chosen;
}
