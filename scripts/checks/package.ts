import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { compareApi } from "../api/compare.ts";
import { buildPackage, packPackage } from "../build/package.ts";
import { runPackage } from "./program.ts";
import { single, type Tally, total } from "./tally.ts";

const DEADLINE_MS = 300_000;
const PUBLINT = "publint/src/cli.js";
const ATTW = "@arethetypeswrong/cli/dist/index.js";

/**
 * Checks the package as it would be published: Node, bundlers and TypeScript resolve its exports,
 * and its public API is the recorded one.
 */
export async function checkPackage(context: SetupContext): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-package-"));
  try {
    const built = join(folder, "package");
    if ((await buildPackage(context, built)) !== 0) {
      return single(false);
    }
    const archive = await packPackage(built, folder);
    const publint = ["run", archive, "--strict"];
    // A program of CommonJS gets ES modules from `require` in every supported Node.
    const types = [archive, "--profile", "esm-only", "--no-summary"];
    return total([
      single((await runPackage(context, PUBLINT, publint, DEADLINE_MS)) === 0),
      single((await runPackage(context, ATTW, types, DEADLINE_MS)) === 0),
      single(await compareApi(context, built, folder)),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
