/** docs/how-it-works.md says of each folder of `src` which subject it has. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../../testing/folders.ts";
import { documentText } from "../../../support/docs/documents.ts";

const HEADER = "| folder of `src` |";

/** The folders that the first column of the table names. */
function foldersIn(text: string): string[] {
  const [, table = ""] = text.split(HEADER);
  const rows = (table.split("\n\n", 1)[0] ?? "").split("\n").slice(2);
  return rows.flatMap((row) => {
    const [, first = ""] = row.split("|");
    return [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  });
}

describe("the table of folders in docs/how-it-works.md", () => {
  it("has each folder of src once, and no other", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(15);
    expect(foldersIn(documentText("docs/how-it-works.md")).sort()).toEqual(folders.sort());
  });

  it("is read to its end, and no further", () => {
    const text = `| a | \`x\` |\n\n${HEADER} subject |\n|---|---|\n| \`b\`, \`c\` | \`y\` |\n| \`d\` | e |\n\n| \`z\` |`;
    expect(foldersIn(text)).toEqual(["b", "c", "d"]);
  });
});
