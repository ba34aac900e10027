/**
 * `npm run destroy`: removes the stack's services. Volumes stay unless the stack says otherwise.
 *
 * npm run destroy [-- STACK] [--yes] [-- arguments for pulumi destroy]
 */

import { setUp } from "../setup/all.ts";
import { destroyCommand } from "../src/stacks/commands.ts";
import type { StackArguments } from "../src/stacks/context.ts";
import { destroyStack } from "../src/stacks/destroy-stack.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { chosenStack } from "./pulumi/chosen-stack.ts";
import { openPulumi } from "./pulumi/session.ts";

/** Known once the stack is chosen. */
let args: StackArguments | undefined;

await runScript(
  async (context) => {
    const typed = parseStackArguments("npm run destroy", process.argv.slice(2));
    await setUp(context, ["pulumi", "plugin"]);
    const pulumi = await openPulumi(context);
    const { name } = await chosenStack(context, pulumi, typed.stack);
    await setUp(context, ["docker"]);
    args = { stack: name, rest: typed.rest };
    return await destroyStack(context, pulumi, args);
  },
  () => args && destroyCommand(args),
);
