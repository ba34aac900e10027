/** The top-level folders build on each other in one order. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../testing/folders.ts";

/** Each folder may import from those before it, and from the files beside them. */
const ORDER = ["src", "sandbox", "setup", "testing", "faults", "bench", "scripts", "test"];
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g;

/** Imports in a file that lead to a folder behind the file's own, as `file -> imported file`. */
function upward(file: string, text: string): string[] {
  const place = (path: string) => ORDER.indexOf(path.split("/")[0] ?? "");
  return [...text.matchAll(IMPORT)]
    .map(([, target = ""]) => normalize(join(dirname(file), target)))
    .filter((target) => place(target) > place(file))
    .map((target) => `${file} -> ${target}`);
}

describe("the top-level folders", () => {
  it("import only from those before them", () => {
    const files = globSync(`{${ORDER.join()}}/**/*.{ts,mts,mjs}`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(800);
    const found = files.flatMap((file) => upward(file, readFileSync(join(ROOT, file), "utf8")));
    expect(found).toEqual([]);
  });

  it("stand in this order in CONTRIBUTING.md", () => {
    const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
    const folders = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(folders).toEqual(ORDER);
  });

  it("are told apart by the way that an import takes", () => {
    const text = 'import { a } from "../setup/a.ts"; import("../test/b.ts"); import "../src/c.ts";';
    expect(upward("setup/x.ts", text)).toEqual(["setup/x.ts -> test/b.ts"]);
    expect(upward("src/x.ts", text)).toHaveLength(2);
    expect(upward("test/x.ts", text)).toEqual([]);
  });
});
