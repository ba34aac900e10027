import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import ts from "typescript";
import { declarationOf } from "./manifest.ts";

/**
 * Removes unreachable declarations: those that none of the entries refers to, directly or
 * indirectly.
 *
 * @param entries declaration files, relative to the folder
 */
export async function pruneDeclarations(folder: string, entries: readonly string[]): Promise<void> {
  const needed = new Set<string>();
  const open = entries.map((entry) => join(folder, entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (!needed.has(file)) {
      needed.add(file);
      open.push(...referredTo(file, await readFile(file, "utf8")));
    }
  }
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name);
    if (name.endsWith(".d.ts") && !needed.has(file)) {
      await rm(file);
    }
  }
}

/**
 * Lists the declarations of this package that a file imports; the compiler leaves `.ts` in their
 * names.
 */
function referredTo(file: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(file), declarationOf(name)));
}
