/** Name that compose files give their project. */
import { basename } from "node:path";
import { projectNameOfFolder } from "../lago/config/project-name.ts";
import { findComposeFiles } from "./find-files.ts";
import { interpolate } from "./interpolate.ts";
import { readYamlFile } from "./reading/yaml-file.ts";

/**
 * Finds the top-level `name:` of compose files, which compose names their project after. Of several
 * files the last one with a name counts. Variables in the name have their defaults.
 *
 * @param files absolute paths, later ones on top
 * @returns undefined where no file has a name, and for files that compose itself would refuse
 */
export function nameInFiles(files: readonly string[]): string | undefined {
  try {
    const names = files.flatMap(readYamlFile).map(({ name }) => name);
    const last = names.findLast((name) => name != null && name !== "");
    return last === undefined ? undefined : interpolate(String(last), {}) || undefined;
  } catch {
    // Compose reports the file, with the words that people know.
    return undefined;
  }
}

/**
 * Finds the name that the compose files of a folder give their project.
 *
 * @param folder undefined for the bundled file, which gives none
 * @param named compose files relative to the folder. Defaults to those that compose finds
 */
export function nameInFolder(
  folder: string | undefined,
  named?: readonly string[],
): string | undefined {
  if (folder === undefined) {
    return undefined;
  }
  try {
    return nameInFiles(findComposeFiles(folder, named));
  } catch {
    // The deployment reports a folder without its files.
    return undefined;
  }
}

/** Name that compose gives the project of a folder by default: of its files, else of the folder. */
export function defaultProjectName(folder: string, named?: readonly string[]): string {
  return nameInFolder(folder, named) ?? projectNameOfFolder(basename(folder));
}
