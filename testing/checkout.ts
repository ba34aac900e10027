/** Checkouts of the program, as clones of the project would be. */
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { ROOT } from "./folders.ts";

/** Files of the program in a checkout. */
const PROGRAM = ["index.ts", "Pulumi.yaml", "package.json", "src"];

/**
 * Copies the files of the program to a new folder, and returns the folder.
 *
 * @param linkSources links the sources instead, so that Node's compile cache can be reused
 */
export async function makeCheckout(folder: string, linkSources = false): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of PROGRAM) {
    const place = join(folder, name);
    if (linkSources && name === "src") {
      await symlink(join(ROOT, name), place);
    } else {
      await cp(join(ROOT, name), place, { recursive: true });
    }
  }
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Formats config values of a Pulumi project as a stack file. */
export function stackConfigText(
  project: string,
  config: Readonly<Record<string, unknown>>,
): string {
  const entries = Object.entries(config).map(([key, value]) => [`${project}:${key}`, value]);
  return stringify({ config: Object.fromEntries(entries) });
}
