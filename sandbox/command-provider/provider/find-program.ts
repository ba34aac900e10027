import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { quote, systemErrorText } from "./error-text.ts";

/**
 * Path of the program to start. A name without a slash is looked up in the provider's own `PATH`,
 * not in the one that the command's `environment` sets; anything else is used as it is.
 *
 * @throws Error when there is no such program.
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
 * Checks the folder that a command is to run in: the system reports a missing one as if the
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
