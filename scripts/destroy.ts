/**
 * `npm run destroy`: removes the stack's services. Volumes stay unless the stack says otherwise.
 *
 * npm run destroy [-- STACK] [--yes] [--verbose] [-- arguments for pulumi destroy]
 */

import { destroyStackCommand } from "../src/cli/commands/destroy.ts";
import { processContext } from "../src/cli/process-context.ts";
import { destroyCommand } from "../src/stacks/commands.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { chosenStack } from "./pulumi/chosen-stack.ts";
import { openPulumi } from "./pulumi/session.ts";
import { setUpAround } from "./pulumi/set-up.ts";

/** Command that goes on after a stop. Known once the stack is chosen. */
let again: string | undefined;

await runScript(
  async (context) => {
    const typed = parseStackArguments("npm run destroy", process.argv.slice(2));
    const choose = async () => {
      const pulumi = await openPulumi(context);
      const { name: stack } = await chosenStack(context, pulumi, typed.stack);
      const request = { ...typed, stack, cwd: context.root };
      again = destroyCommand(request);
      return { request, environment: pulumi.env };
    };
    // A mistyped name is told before Docker is set up.
    const { request, environment } = await setUpAround(context, choose, ["docker"]);
    const command = processContext({ signal: context.signal, environment });
    return await destroyStackCommand(command, request);
  },
  () => again,
);
