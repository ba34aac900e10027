/** Documents for programs that use the package: kinds of errors, and programs to copy. */
import { describe, expect, it } from "vitest";
import { DEPLOY_ERROR_KINDS } from "../../../../src/errors.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { blocksOf } from "../../../support/docs/markdown.ts";

/** Names in the first column of the table below a heading. */
function firstColumn(document: string, heading: string): string[] {
  const [, section = ""] = documentText(document).split(`\n## ${heading}\n`);
  const rows = (section.split("\n## ", 1)[0] ?? "")
    .split("\n")
    .filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) => {
    const [, first = ""] = row.split("|");
    return [...first.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  });
}

describe("the kinds of errors", () => {
  it("are all in the table of docs/library.md, and no others", () => {
    expect(firstColumn("docs/library.md", "Errors").sort()).toEqual([...DEPLOY_ERROR_KINDS].sort());
  });

  it("that docs/trouble.md explains exist", () => {
    const explained = firstColumn("docs/trouble.md", "By kind");
    expect(explained.length).toBeGreaterThan(15);
    expect(explained.filter((kind) => !DEPLOY_ERROR_KINDS.some((one) => one === kind))).toEqual([]);
  });
});

describe("docs/package-readme.md", () => {
  it("has programs of docs/library.md, which tests run", () => {
    const programs = (name: string) =>
      blocksOf(documentText(name)).flatMap(({ language, lines }) =>
        language === "ts" ? [lines.join("\n")] : [],
      );
    const shown = programs("docs/package-readme.md");
    expect(shown).toHaveLength(2);
    expect(programs("docs/library.md")).toEqual(expect.arrayContaining(shown));
  });
});
