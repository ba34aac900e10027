/**
 * `npm run keys -- export|import …`: saves the keys of a stack and gives them back, with the same
 * Pulumi, backend and passphrase as `npm start`.
 */
import { join } from "node:path";
import { runAttached } from "../src/process/attached.ts";
import { runScript } from "./entry.ts";
import { openPulumi } from "./pulumi/session.ts";
import { setUp } from "./setup/all.ts";
import { withoutOk } from "./setup/report.ts";

const DEADLINE_MS = 600_000;

await runScript(async (context) => {
  const quiet = { ...context, report: withoutOk(context.report) };
  await setUp(quiet, ["pulumi"]);
  const { env } = await openPulumi(quiet);
  const bin = join(context.root, "src", "cli", "bin.ts");
  return await runAttached(process.execPath, [bin, "keys", ...process.argv.slice(2)], {
    env,
    timeoutMs: DEADLINE_MS,
  });
});
