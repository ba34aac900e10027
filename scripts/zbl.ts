/**
 * `./zbl COMMAND …`: the command line of this project with the Node and the Pulumi of `npm start`.
 * Commands that need neither Pulumi nor Docker start at once.
 */
import { join } from "node:path";
import { setUp } from "../setup/all.ts";
import { withoutOk } from "../setup/report.ts";
import { runAttached } from "../src/process/attached.ts";
import { definedOnly } from "../src/process/environment.ts";
import { runScript } from "./lib/entry.ts";
import { neededParts } from "./pulumi/needed-parts.ts";
import { openPulumi } from "./pulumi/session.ts";

await runScript(async (context) => {
  const args = process.argv.slice(2);
  const bin = join(context.root, "src", "cli", "bin.ts");
  const env = { ...(await environmentFor(args)), Z_BILLING_LAGO_CHECKOUT: context.root };
  // Without a deadline: logs may be followed for days, and a person can interrupt.
  return await runAttached(process.execPath, ["--", bin, ...args], { env });

  async function environmentFor(words: readonly string[]) {
    const parts = neededParts(words);
    // A person who presses a key waits: nothing is set up then, and Pulumi only used where it is.
    if (parts.length === 0 && words[0] !== "complete-words") {
      return definedOnly(context.env);
    }
    const quiet = { ...context, report: withoutOk(context.report) };
    await setUp(quiet, parts);
    return (await openPulumi(quiet)).env;
  }
});
