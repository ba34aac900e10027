import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { packagesMark } from "./state.mjs";

/**
 * Makes `node_modules` what package-lock.json says.
 *
 * The mark lies inside `node_modules` and is written last: npm removes the folder before it fills it,
 * so an interrupted installation leaves no mark and is done again.
 */
export async function ensurePackages(root, report) {
  const mark = packagesMark(readFileSync(join(root, "package-lock.json")));
  const markFile = join(root, "node_modules", ".z-billing-lago-installed");
  if (existsSync(markFile) && readFileSync(markFile, "utf8") === mark) {
    return;
  }
  report("..  Node packages: installing what package-lock.json lists, without install scripts.");
  await npm(["ci"], root);
  writeFileSync(`${markFile}.new`, mark);
  renameSync(`${markFile}.new`, markFile);
}
