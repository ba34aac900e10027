/** Commands of a document, run as they stand there, by a shell, in a deployment of the tests. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** The blocks of a document that say they are run by `test`, in their order. */
export async function blocksRunBy(test: string, document: string): Promise<string[]> {
  const text = await readFile(join(ROOT, document), "utf8");
  const pattern = /^<!-- run by (?<test>\S+) -->\n```sh\n(?<block>[^`]*)^```$/gm;
  return [...text.matchAll(pattern)].flatMap(({ groups }) =>
    groups?.test === test ? [groups.block ?? ""] : [],
  );
}

/**
 * A block with names of the tests in place of those of the document.
 *
 * @throws Error when a name does not stand there: the test would do less than it says
 */
export function inPlaceOf(block: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((text, [name, mine]) => {
    if (!text.includes(name)) {
      throw new Error(`the documented commands do not have ${JSON.stringify(name)}:\n${block}`);
    }
    return text.replaceAll(name, mine);
  }, block);
}
