import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { quote, systemErrorText } from "./error-text.ts";

/**
 * Returns the path of the program to start. A name without a slash is looked up in the provider's
 * own `PATH`, not in a `PATH` from the command's `environment`; any other name is used unchanged.
 *
 * @throws Error when the program does not exist.
 */
export function findProgram(name: string): string {
  if (name === "") {
    throw new Error("exec: no command");
  }
  if (name.includes("/")) {
    return name;
  }
  const folders = (process.env.PATH ?? "").split(":");
  const found = folders.map((folder) => join(folder || ".", name)).find(isExecutable);
  if (found === undefined) {
    throw new Error(`exec: ${quote(name)}: executable file not found in $PATH`);
  }
  return found;
}

/**
 * Checks that a command's working directory exists: the system reports a missing one as if the
 * program were missing.
 *
 * @throws Error naming the folder.
 */
export function checkFolder(folder: string): void {
  try {
    statSync(folder);
  } catch (error) {
    throw new Error(`chdir ${folder}: ${systemErrorText(error)}`);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
