/**
 * `npm run pulumi -- <arguments>`: any command of the pinned Pulumi CLI, with the same Node,
 * backend and passphrase as `npm start`. A command that names no stack is about the same one as
 * every other command of this project, and says so.
 */

import { resolve } from "node:path";
import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { withoutOk } from "../setup/report.ts";
import { DeployError } from "../src/errors.ts";
import { runScript } from "./lib/entry.ts";
import { chosenStack } from "./pulumi/chosen-stack.ts";
import { openPulumi, type PulumiSession } from "./pulumi/session.ts";
import { readCommandLine } from "./pulumi/stack-of-pulumi.ts";

await runScript(async (context) => {
  // Satisfied steps of the set-up are of no interest here.
  const quiet = { ...context, report: withoutOk(context.report) };
  await setUp(quiet, ["pulumi", "plugin"]);
  const session = await openPulumi(quiet);
  const args = process.argv.slice(2);
  return await session.attached(args, await stackVariables(context, session, args));
});

/** Variable that selects the stack for one command. */
async function stackVariables(
  context: SetupContext,
  session: PulumiSession,
  args: readonly string[],
): Promise<Record<string, string>> {
  const { isAboutSelected, folder } = readCommandLine(args);
  if (!isAboutSelected) {
    return {};
  }
  try {
    const program = resolve(context.root, folder ?? ".");
    const { name } = await chosenStack(context, session, undefined, {}, program);
    return { PULUMI_STACK: name };
  } catch (error) {
    // Of a backend that does not answer, and of a folder without a program, Pulumi itself tells more.
    if (DeployError.isDeployError(error) && error.kind !== "StackNotFound") {
      return {};
    }
    throw error;
  }
}
