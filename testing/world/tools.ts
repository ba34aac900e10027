import { existsSync, symlinkSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** Programs of every host that subjects' own programs call, except for docker. */
const TOOLS = [
  "cat",
  "chmod",
  "cp",
  "env",
  "id",
  "ls",
  "mkdir",
  "mv",
  "rm",
  "sh",
  "sleep",
  "uname",
];

/** Folders of programs on hosts. */
const PLACES = ["/usr/bin", "/bin"];

/** Creates a folder with only these programs, for the `PATH` of a host. */
export async function linkTools(folder: string): Promise<string> {
  await mkdir(folder);
  for (const name of TOOLS) {
    const found = PLACES.map((place) => join(place, name)).find((path) => existsSync(path));
    if (found !== undefined) {
      symlinkSync(found, join(folder, name));
    }
  }
  return folder;
}
