/** `npm run package`: builds the package in `dist`, and beside it the archive for `npm publish`. */
import { join } from "node:path";
import { buildPackage, packPackage } from "./build/package.ts";
import { runScript } from "./lib/entry.ts";

await runScript(async (context) => {
  const folder = join(context.root, "dist");
  const exitCode = await buildPackage(context, folder);
  if (exitCode === 0) {
    const archive = await packPackage(folder, context.root);
    context.report.ok(`${archive} is the package; \`npm install\` takes it`);
  }
  return exitCode;
});
