import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The docker program of this machine. Its compose reads files for the modelled engine, and needs no
 * daemon for that.
 *
 * @throws Error when there is none on the PATH
 */
export function realDocker(path = process.env.PATH ?? ""): string {
  const found = path
    .split(delimiter)
    .map((folder) => join(folder, "docker"))
    .find(isExecutable);
  if (found === undefined) {
    throw new Error("no docker on the PATH; `npm run setup` installs it");
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
