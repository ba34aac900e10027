/** Starts a program of this checkout that tests ways to deploy Lago. */
import { join } from "node:path";
import { type SetupStep, setUp } from "../../setup/all.ts";
import { withoutOk } from "../../setup/report.ts";
import { runAttached } from "../../src/process/attached.ts";
import { pulumiEnvironment } from "../pulumi/session.ts";
import { runScript } from "./entry.ts";

/**
 * Deadline in milliseconds. All steps have their own deadlines, and take less than this on a slow
 * machine.
 */
const DEADLINE_MS = 24 * 60 * 60 * 1000;

/**
 * Runs `FOLDER/main.ts` with the arguments of this process, after setting up its requirements. Help
 * and documents need none.
 *
 * @param steps further requirements of the program. Defaults to none
 */
export async function runMeasured(
  folder: "faults" | "bench",
  steps: readonly SetupStep[] = [],
): Promise<void> {
  await runScript(async (context) => {
    const args = process.argv.slice(2);
    if (!args.includes("--help") && args[0] !== "docs") {
      const quiet = { ...context, report: withoutOk(context.report) };
      await setUp(quiet, ["pulumi", "plugin", "docker", "images", ...steps]);
    }
    return await runAttached(process.execPath, [join(context.root, folder, "main.ts"), ...args], {
      env: pulumiEnvironment(context),
      timeoutMs: DEADLINE_MS,
    });
  });
}
