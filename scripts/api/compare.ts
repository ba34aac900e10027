import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { runAttached } from "../../src/process/attached.ts";
import { readManifest } from "../build/package.ts";
import { pulumiEnvironment } from "../pulumi/session.ts";
import { type ExtractedApi, extractApi } from "./extract.ts";

const DIFF_TIMEOUT_MS = 30_000;

/**
 * Compares the public API of a built package with the recorded one, and shows the differences.
 *
 * @param scratch folder for the reports of the package
 * @returns whether they are equal
 */
export async function compareApi(
  context: SetupContext,
  built: string,
  scratch: string,
): Promise<boolean> {
  const apis = await readApis(context, built, scratch, false);
  const changed = apis?.filter((api) => api.changed).map(({ report }) => report) ?? [];
  for (const report of changed) {
    const files = [join(context.root, "api", report), join(scratch, report)];
    await runAttached("git", ["diff", "--no-index", "--unified=1", "--", ...files], {
      env: pulumiEnvironment(context),
      timeoutMs: DIFF_TIMEOUT_MS,
    });
  }
  if (changed.length > 0) {
    context.report.note(
      `The public API is not what ${changed.map((report) => `api/${report}`).join(" and ")} says; the difference stands above. ` +
        "If it is meant, run `npm run api`, and tell of it in CHANGELOG.md.",
    );
  }
  return apis !== undefined && changed.length === 0;
}

/**
 * Records the public API of a built package.
 *
 * @param scratch folder for the reports of the package
 * @returns whether it could be read
 */
export async function recordApi(
  context: SetupContext,
  built: string,
  scratch: string,
): Promise<boolean> {
  const apis = await readApis(context, built, scratch, true);
  for (const { report, changed } of apis ?? []) {
    context.report.ok(`api/${report} ${changed ? "has changed" : "is as it was"}`);
  }
  return apis !== undefined;
}

async function readApis(
  context: SetupContext,
  built: string,
  scratch: string,
  record: boolean,
): Promise<ExtractedApi[] | undefined> {
  const recorded = join(context.root, "api");
  await mkdir(recorded, { recursive: true });
  // Types of the package's dependencies; npm leaves this folder out of archives.
  await symlink(join(context.root, "node_modules"), join(built, "node_modules"));
  const manifest = await readManifest(context.root);
  const apis = extractApi(built, manifest, { recorded, found: scratch }, record);
  const faults = apis.flatMap((api) => api.faults);
  if (faults.length > 0) {
    context.report.note(`The public API cannot be read:\n${faults.join("\n")}`);
    return undefined;
  }
  return apis;
}
