/**
 * `npm start`: sets up missing parts, deploys the stack, and prints the running services and their
 * addresses.
 *
 * npm start [-- STACK] [--yes] [--verbose] [-- arguments for pulumi up]
 */

import { deployStackCommand } from "../src/cli/commands/deploy-stack.ts";
import { processContext } from "../src/cli/process-context.ts";
import { deployCommand } from "../src/stacks/commands.ts";
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { chosenStack } from "./pulumi/chosen-stack.ts";
import { openPulumi } from "./pulumi/session.ts";
import { setUpAround } from "./pulumi/set-up.ts";

/** Command that goes on after a stop. Known once the stack is chosen. */
let again: string | undefined;

await runScript(
  async (context) => {
    const typed = parseStackArguments("npm start", process.argv.slice(2));
    const choose = async () => {
      const pulumi = await openPulumi(context);
      const missing = { makeFirst: true, create: typed.create };
      const { name: stack, reason } = await chosenStack(context, pulumi, typed.stack, missing);
      if (reason === "new") {
        context.report.ok(pulumi.keptIn);
      }
      const request = { ...typed, stack, cwd: context.root, create: reason === "new" };
      again = deployCommand(request);
      return { request, environment: pulumi.env };
    };
    // A mistyped name is told before Docker is set up.
    const { request, environment } = await setUpAround(context, choose, ["docker", "images"]);
    const command = processContext({ signal: context.signal, environment });
    return await deployStackCommand(command, request);
  },
  () => again,
);
