import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../testing/folders.ts";

const README = join(ROOT, "sandbox/command-provider/README.md");

/**
 * Numbers of the differences that the offline provider's README lists, in order.
 *
 * @param seenBy Which test sees them, as the last column of the list says.
 */
export async function documentedDifferences(seenBy: string): Promise<string[]> {
  const rows = (await readFile(README, "utf8")).matchAll(/^\| +(D\d+) +\|.*\| +([a-z]+) +\|$/gm);
  return [...rows]
    .filter(([, , test]) => test === seenBy)
    .map(([, number = ""]) => number)
    .sort();
}
