/**
 * `npm run pulumi -- <arguments>`: any command of the pinned Pulumi CLI, with the same Node,
 * backend and passphrase as `npm start`.
 */

import { setUp } from "../setup/all.ts";
import { withoutOk } from "../setup/report.ts";
import { runScript } from "./lib/entry.ts";
import { openPulumi } from "./pulumi/session.ts";

await runScript(async (context) => {
  // Satisfied steps of the set-up are of no interest here.
  const quiet = { ...context, report: withoutOk(context.report) };
  await setUp(quiet, ["pulumi", "plugin"]);
  return await (await openPulumi(quiet)).attached(process.argv.slice(2));
});
