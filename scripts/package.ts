/** `npm run package`: the package in `dist`, and the archive that `npm publish` takes beside it. */
import { join } from "node:path";
import { buildPackage, packPackage } from "./build/package.ts";
import { runScript } from "./entry.ts";

await runScript(async ({ root, report, ...context }) => {
  const folder = join(root, "dist");
  const exitCode = await buildPackage({ root, report, ...context }, folder);
  if (exitCode === 0) {
    report.ok(`${await packPackage(folder, root)} is the package; \`npm install\` takes it`);
  }
  return exitCode;
});
