/**
 * `npm run release -- TAG`: checks whether a tag can be released, for the workflow that publishes
 * it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure, USAGE_EXIT_CODE } from "../setup/failure.ts";
import { runScript } from "./lib/entry.ts";
import { releaseFaults } from "./release/changelog.ts";

await runScript(async ({ root, report }) => {
  const [tag] = process.argv.slice(2);
  if (tag === undefined) {
    throw new SetupFailure("Which tag? Such as `npm run release -- v0.1.0`.", {
      exitCode: USAGE_EXIT_CODE,
    });
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const faults = releaseFaults(tag, version, readFileSync(join(root, "CHANGELOG.md"), "utf8"));
  if (faults.length > 0) {
    throw new SetupFailure(faults.join("\n"));
  }
  report.ok(`${tag} can be released`);
  return 0;
});
