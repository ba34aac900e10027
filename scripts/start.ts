/**
 * `npm start`: sets up missing parts, deploys the stack, and prints the running services and their
 * addresses.
 *
 * npm start [-- --stack NAME] [-- arguments for pulumi up]
 */

import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { startCommand } from "../src/stacks/commands.ts";
import { deployStack } from "../src/stacks/deploy-stack.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { openPulumi } from "./pulumi/session.ts";

const argumentsOf = ({ env }: SetupContext) =>
  parseStackArguments("npm start", process.argv.slice(2), env);

await runScript(
  async (context) => {
    const args = argumentsOf(context);
    await setUp(context, ["pulumi", "plugin", "docker", "images"]);
    return await deployStack(context, await openPulumi(context), args);
  },
  (context) => startCommand(argumentsOf(context)),
);
