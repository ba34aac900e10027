/** What the documents lead to: files that are there, and commands that there are. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "..", "..");
const DOCUMENTS = globSync(["*.md", "docs/*.md", "examples/*/*.md", "faults/*.md"], { cwd: ROOT });

describe.each(DOCUMENTS)("%s", (name) => {
  const text = readFileSync(join(ROOT, name), "utf8");

  it("links to files that are there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)(?<path>[^)#]+)/g)].map(
      ({ groups }) => groups?.path ?? "",
    );
    const missing = links.filter((path) => !existsSync(join(ROOT, dirname(name), path)));
    expect(missing).toEqual([]);
  });

  it("names scripts that there are", () => {
    const named = [...text.matchAll(/\bnpm run (?<script>[a-z][a-z:-]*)/g)].map(
      ({ groups }) => groups?.script ?? "",
    );
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});
