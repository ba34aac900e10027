/** Runs test files by vitest. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import type { Check, CheckOptions, CheckResult } from "./check.ts";
import { runPackage } from "./program.ts";
import { fileTimesOf, tallyOf } from "./tally.ts";

/** Check that runs one project of `vitest.config.ts`. */
export function tests(name: string, project: string, timeoutMs: number): Check {
  return { name, run: (context, options) => runVitest(context, options, project, timeoutMs) };
}

async function runVitest(
  context: SetupContext,
  { shard }: CheckOptions,
  project: string,
  timeoutMs: number,
): Promise<CheckResult> {
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-tests-"));
  try {
    const file = join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const part = shard === undefined ? [] : [`--shard=${shard}`];
    const args = ["run", "--project", project, ...part, ...reporters];
    const exitCode = await runPackage(context, "vitest/vitest.mjs", args, timeoutMs);
    const report = await readFile(file, "utf8").catch(() => undefined);
    return { tally: tallyOf(report, exitCode), files: fileTimesOf(report, context.root) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
