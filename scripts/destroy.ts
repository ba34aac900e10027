/**
 * `npm run destroy`: removes the stack's services. Volumes stay unless the stack says otherwise.
 *
 * npm run destroy [-- --stack NAME] [-- arguments for pulumi destroy]
 */

import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { destroyCommand } from "../src/stacks/commands.ts";
import { destroyStack } from "../src/stacks/destroy-stack.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { openPulumi } from "./pulumi/session.ts";

const argumentsOf = ({ env }: SetupContext) =>
  parseStackArguments("npm run destroy", process.argv.slice(2), env);

await runScript(
  async (context) => {
    const args = argumentsOf(context);
    await setUp(context, ["pulumi", "plugin", "docker"]);
    return await destroyStack(context, await openPulumi(context), args);
  },
  (context) => destroyCommand(argumentsOf(context)),
);
