/**
 * `npm start`: sets up missing parts, deploys the stack, and prints the running services and their
 * addresses.
 *
 * npm start [-- --stack NAME] [--yes] [--verbose] [-- arguments for pulumi up]
 */

import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { deployStackCommand } from "../src/cli/commands/deploy-stack.ts";
import { processContext } from "../src/cli/process-context.ts";
import { deployCommand } from "../src/stacks/commands.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { openPulumi } from "./pulumi/session.ts";

const argumentsOf = ({ env }: SetupContext) =>
  parseStackArguments("npm start", process.argv.slice(2), env);

await runScript(
  async (context) => {
    const args = argumentsOf(context);
    await setUp(context, ["pulumi", "plugin", "docker", "images"]);
    const { env: environment } = await openPulumi(context);
    const command = processContext({ signal: context.signal, environment });
    return await deployStackCommand(command, { ...args, cwd: context.root, create: true });
  },
  (context) => deployCommand(argumentsOf(context)),
);
