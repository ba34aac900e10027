/**
 * `./zbl COMMAND …`: the command line of this project with the Node and the Pulumi of `npm start`.
 * Commands that need neither Pulumi nor Docker start at once.
 */
import { join } from "node:path";
import { type Part, setUp } from "../setup/all.ts";
import { withoutOk } from "../setup/report.ts";
import { runAttached } from "../src/process/attached.ts";
import { runScript } from "./lib/entry.ts";
import { openPulumi } from "./pulumi/session.ts";

/**
 * Requirements of commands beside Node: keys are stored in a stack, and doctor looks for the Pulumi
 * of `npm start`.
 */
const NEEDED: Readonly<Record<string, readonly Part[]>> = {
  keys: ["pulumi"],
  doctor: ["pulumi"],
  init: ["pulumi"],
  pipeline: ["pulumi", "plugin"],
};

await runScript(async (context) => {
  const args = process.argv.slice(2);
  const bin = join(context.root, "src", "cli", "bin.ts");
  // Without a deadline: logs may be followed for days, and a person can interrupt.
  return await runAttached(process.execPath, [bin, ...args], { env: await environmentFor(args) });

  async function environmentFor([command = "", ...rest]: readonly string[]) {
    const steps = NEEDED[command] ?? (namesStack(rest) ? ["pulumi"] : undefined);
    if (steps === undefined) {
      return definedOnly(context.env);
    }
    const quiet = { ...context, report: withoutOk(context.report) };
    await setUp(quiet, steps);
    return (await openPulumi(quiet)).env;
  }
});

/** Whether a command names a stack, and so needs Pulumi. */
function namesStack(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  return options.some((word) => /^(-s|--stack(=.*)?)$/.test(word));
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
