/**
 * `npm run destroy`: removes the stack's services. Volumes stay unless the stack says otherwise.
 *
 * npm run destroy [-- --stack NAME] [--yes] [--verbose] [-- arguments for pulumi destroy]
 */

import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { destroyStackCommand } from "../src/cli/commands/destroy.ts";
import { processContext } from "../src/cli/process-context.ts";
import { destroyCommand } from "../src/stacks/commands.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { openPulumi } from "./pulumi/session.ts";

const argumentsOf = ({ env }: SetupContext) =>
  parseStackArguments("npm run destroy", process.argv.slice(2), env);

await runScript(
  async (context) => {
    const args = argumentsOf(context);
    await setUp(context, ["pulumi", "plugin", "docker"]);
    const { env: environment } = await openPulumi(context);
    const command = processContext({ signal: context.signal, environment });
    return await destroyStackCommand(command, { ...args, cwd: context.root });
  },
  (context) => destroyCommand(argumentsOf(context)),
);
