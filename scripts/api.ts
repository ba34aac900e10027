/** `npm run api`: records the public API in `api`, for comparison by `npm run check`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordApi } from "./api/compare.ts";
import { buildPackage } from "./build/package.ts";
import { runScript } from "./lib/entry.ts";

await runScript(async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-api-"));
  try {
    const built = join(folder, "package");
    const exitCode = await buildPackage(context, built);
    return exitCode === 0 && !(await recordApi(context, built, folder)) ? 1 : exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
