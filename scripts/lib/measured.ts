/** Starts a program of this checkout that puts ways to deploy Lago to the test. */
import { join } from "node:path";
import { setUp } from "../../setup/all.ts";
import { withoutOk } from "../../setup/report.ts";
import { runAttached } from "../../src/process/attached.ts";
import { pulumiEnvironment } from "../pulumi/session.ts";
import { runScript } from "./entry.ts";

/** All that it does has deadlines of its own; all of it on a slow machine takes less than this. */
const DEADLINE_MS = 24 * 60 * 60 * 1000;

/**
 * Runs `FOLDER/main.ts` with the arguments of this process, once what it needs is there. Help and
 * documents need nothing.
 */
export async function runMeasured(folder: "faults" | "bench"): Promise<void> {
  await runScript(async (context) => {
    const args = process.argv.slice(2);
    if (!args.includes("--help") && args[0] !== "docs") {
      const quiet = { ...context, report: withoutOk(context.report) };
      await setUp(quiet, ["pulumi", "plugin", "docker", "images"]);
    }
    return await runAttached(process.execPath, [join(context.root, folder, "main.ts"), ...args], {
      env: pulumiEnvironment(context),
      timeoutMs: DEADLINE_MS,
    });
  });
}
