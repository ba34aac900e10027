/**
 * `npm run build`: compiles the library and the CLI to `dist`, a package of its own that
 * `npm pack ./dist` and `npm publish ./dist` take as it is.
 */
import { join } from "node:path";
import { buildPackage } from "./build/package.ts";
import { runScript } from "./entry.ts";

await runScript(async (context) => {
  const exitCode = await buildPackage(context, join(context.root, "dist"));
  if (exitCode === 0) {
    context.report.ok("dist holds the package; `npm pack ./dist` makes the archive of it");
  }
  return exitCode;
});
