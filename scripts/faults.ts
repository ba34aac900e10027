/** `npm run faults`: puts this project, or another way to deploy Lago, through named faults. */
import { join } from "node:path";
import { runAttached } from "../src/process/attached.ts";
import { runScript } from "./entry.ts";
import { pulumiEnvironment } from "./pulumi/session.ts";
import { setUp } from "./setup/all.ts";
import { withoutOk } from "./setup/report.ts";

/** Every case has deadlines of its own; all of them on a slow machine take less than this. */
const DEADLINE_MS = 24 * 60 * 60 * 1000;

await runScript(async (context) => {
  const args = process.argv.slice(2);
  if (!args.includes("--help")) {
    const quiet = { ...context, report: withoutOk(context.report) };
    await setUp(quiet, ["pulumi", "plugin", "docker", "images"]);
  }
  return await runAttached(process.execPath, [join(context.root, "faults", "main.ts"), ...args], {
    env: pulumiEnvironment(context),
    timeoutMs: DEADLINE_MS,
  });
});
