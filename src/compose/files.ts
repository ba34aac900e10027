import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { DeployError } from "../errors.ts";

/** File names that compose looks for by itself, in its order. */
const DEFAULT_NAMES = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
] as const;

/** @throws DeployError of kind `PathNotFound` */
export function requireFolder(path: string): string {
  const folder = resolve(path);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    return folder;
  }
  const what = found === undefined ? "does not exist" : "is no folder";
  throw new DeployError(
    "PathNotFound",
    `The Lago folder ${folder} ${what}. Clone github.com/getlago/lago there, or correct the path.`,
  );
}

/**
 * The compose files of a folder as absolute paths: the named ones, or those that compose would
 * find by itself (one of the default names and its `.override` beside it).
 *
 * @throws DeployError of kind `ComposeFileNotFound`
 */
export function findComposeFiles(folder: string, named: readonly string[] = []): string[] {
  if (named.length > 0) {
    const files = named.map((name) => resolve(folder, name));
    const missing = files.filter((file) => !isFile(file));
    if (missing.length > 0) {
      throw new DeployError(
        "ComposeFileNotFound",
        `No compose file at ${missing.join(", ")}. Correct \`composeFiles\`; relative names start from ${folder}.`,
      );
    }
    return files;
  }
  const base = DEFAULT_NAMES.find((name) => existsSync(join(folder, name)));
  if (base === undefined) {
    throw new DeployError(
      "ComposeFileNotFound",
      `No compose file in ${folder}: looked for ${DEFAULT_NAMES.join(", ")}. Point the path at a clone of github.com/getlago/lago, or name the files in \`composeFiles\`.`,
    );
  }
  const override = base.replace(/\.(ya?ml)$/, ".override.$1");
  return [base, override].map((name) => join(folder, name)).filter(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
