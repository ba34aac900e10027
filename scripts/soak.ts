/** `npm run soak`: deploys and destroys Lago many times over, and looks for what is left. */
import { join } from "node:path";
import { runAttached } from "../src/process/attached.ts";
import { runScript } from "./entry.ts";
import { pulumiEnvironment } from "./pulumi/session.ts";
import { setUp } from "./setup/all.ts";
import { withoutOk } from "./setup/report.ts";

/** A round takes less than a minute, and a hundred rounds are asked for. */
const DEADLINE_MS = 24 * 60 * 60 * 1000;

await runScript(async (context) => {
  const args = process.argv.slice(2);
  if (!args.includes("--help")) {
    const quiet = { ...context, report: withoutOk(context.report) };
    await setUp(quiet, ["docker", "images"]);
  }
  // Memory counts after a collection only.
  const soak = ["--expose-gc", join(context.root, "soak", "main.ts"), ...args];
  return await runAttached(process.execPath, soak, {
    env: pulumiEnvironment(context),
    timeoutMs: DEADLINE_MS,
  });
});
