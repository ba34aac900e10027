import { existsSync, lstatSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { packagesMark } from "./state.mjs";

/**
 * Installs the packages of package-lock.json into `node_modules`.
 *
 * The marker file lies inside `node_modules` and is written last. npm removes the folder before
 * filling it, so an interrupted installation leaves no marker and is repeated.
 *
 * @throws Error when the folder is a link: npm would empty the folder that it points to, which
 * others may use
 */
export async function ensurePackages(root, report) {
  const mark = packagesMark(readFileSync(join(root, "package-lock.json")));
  const folder = join(root, "node_modules");
  const markFile = join(folder, ".z-billing-lago-installed");
  if (existsSync(markFile) && readFileSync(markFile, "utf8") === mark) {
    return;
  }
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(
      `${folder} is a link, and does not hold what package-lock.json lists. ` +
        "Run the same command in the folder that it points into, or remove the link.",
    );
  }
  report("..  Node packages: installing what package-lock.json lists, without install scripts.");
  await npm(["ci"], root);
  writeFileSync(`${markFile}.new`, mark);
  renameSync(`${markFile}.new`, markFile);
}
