/**
 * `npm start`: sets up missing parts, deploys the stack, and prints the running services and their
 * addresses.
 *
 * npm start [-- STACK] [--yes] [-- arguments for pulumi up]
 */

import { setUp } from "../setup/all.ts";
import { startCommand } from "../src/stacks/commands.ts";
import type { StackArguments } from "../src/stacks/context.ts";
import { deployStack } from "../src/stacks/deploy-stack.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { chosenStack } from "./pulumi/chosen-stack.ts";
import { openPulumi } from "./pulumi/session.ts";

/** Known once the stack is chosen. */
let args: StackArguments | undefined;

await runScript(
  async (context) => {
    const typed = parseStackArguments("npm start", process.argv.slice(2));
    await setUp(context, ["pulumi", "plugin"]);
    const pulumi = await openPulumi(context);
    const { name } = await chosenStack(context, pulumi, typed.stack, {
      makeFirst: true,
      create: typed.create,
    });
    await setUp(context, ["docker", "images"]);
    args = { stack: name, rest: typed.rest };
    return await deployStack(context, pulumi, args);
  },
  () => args && startCommand(args),
);
