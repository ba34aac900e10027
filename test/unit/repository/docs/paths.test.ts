/** Documents and comments name no file or folder of this repository that does not exist. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../../testing/folders.ts";
import { DOCUMENTS, documentText } from "../../../support/docs/documents.ts";

const FOLDERS = ["src", "sandbox", "setup", "testing", "faults", "bench", "scripts", "test"];
const PATH = new RegExp(`(?<![\\w./@-])(?:${FOLDERS.join("|")})/[\\w.*/-]*[\\w*]`, "g");
const COMMENT = /^\s*(?:\/\*\*|\*|\/\/).*$/gm;

/** Paths in a text that begin with a folder of code. `NAME` and `NN` in them stand for anything. */
function pathsIn(text: string): string[] {
  return (text.match(PATH) ?? []).map((path) => path.replace(/NAME|NN/g, "*"));
}

const isMissing = (path: string) => globSync(path, { cwd: ROOT }).length === 0;

describe("the paths", () => {
  it("in documents all exist", () => {
    const named = DOCUMENTS.flatMap((document) =>
      pathsIn(documentText(document)).map((path) => ({ document, path })),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ path }) => isMissing(path))).toEqual([]);
  });

  it("of modules in comments all exist", () => {
    const files = globSync(`{${FOLDERS.join()}}/**/*.{ts,mjs}`, { cwd: ROOT });
    const named = files.flatMap((file) => {
      const comments = readFileSync(join(ROOT, file), "utf8").match(COMMENT) ?? [];
      const paths = pathsIn(comments.join("\n")).filter((path) => /\.m?ts$/.test(path));
      return paths.map((path) => ({ file, path }));
    });
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ path }) => isMissing(path))).toEqual([]);
  });

  it("are told from other words, and from paths elsewhere", () => {
    const text =
      "`src/a.ts`, test/e2e. src and ./scripts/b.sh, x/src/c; `faults/cases/rbNN-NAME.ts`";
    expect(pathsIn(text)).toEqual(["src/a.ts", "test/e2e", "faults/cases/rb*-*.ts"]);
    expect(["src/cli", "src/c*/*.ts", "src/nowhere.ts"].filter(isMissing)).toEqual([
      "src/nowhere.ts",
    ]);
  });
});
