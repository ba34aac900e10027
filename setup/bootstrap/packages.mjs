import { existsSync, lstatSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { packagesMark } from "./state.mjs";

/**
 * Makes `node_modules` what package-lock.json says.
 *
 * The mark lies inside `node_modules` and is written last: npm removes the folder before it fills it,
 * so an interrupted installation leaves no mark and is done again.
 *
 * @throws Error when the folder is a link: npm would empty what it points to, for whoever else uses that
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
