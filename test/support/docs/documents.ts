/** The documents of this repository. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../testing/folders.ts";

/** Paths of all documents that people read, from the repository's folder. */
export const DOCUMENTS: readonly string[] = globSync(
  ["*.md", "{docs,examples,faults,sandbox,pipelines,setup,scripts,bench}/**/*.md"],
  { cwd: ROOT, exclude: (path) => /(^|\/)node_modules$/.test(`${path}`) },
).sort();

/** The text of one of them. */
export function documentText(name: string): string {
  return readFileSync(join(ROOT, name), "utf8");
}
