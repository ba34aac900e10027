import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { DeployError } from "../errors.ts";

/** File names that compose looks for by default, in its order. */
const DEFAULT_NAMES = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
] as const;

/** Names of the override file that compose adds by default, in its order. */
const OVERRIDE_NAMES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
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
 * Returns the compose files of a folder as absolute paths: the named files, or the files that
 * compose finds by default (the first default name, and the first override name on top).
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
  const first = (names: readonly string[]) =>
    names.map((name) => join(folder, name)).find((file) => isFile(file));
  const base = first(DEFAULT_NAMES);
  if (base === undefined) {
    throw new DeployError(
      "ComposeFileNotFound",
      `No compose file in ${folder}: looked for ${DEFAULT_NAMES.join(", ")}. Point the path at a clone of github.com/getlago/lago, or name the files in \`composeFiles\`.`,
    );
  }
  const override = first(OVERRIDE_NAMES);
  return override === undefined ? [base] : [base, override];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
