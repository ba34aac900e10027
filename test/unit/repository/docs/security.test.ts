/** Each claim of docs/security.md names tests that are there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const TEXT = readFileSync(join(ROOT, "docs", "security.md"), "utf8");

interface Claim {
  readonly says: string;
  /** Test files with titles of tests, or of groups of them, in each. */
  readonly shownBy: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** The rows of all tables whose last column names tests. */
function claimsIn(text: string): Claim[] {
  const tables = text.split(/\n(?=\| What holds \| Shown by \|)/).slice(1);
  return tables.flatMap((table) => {
    const [lines = ""] = table.split("\n\n");
    return lines
      .split("\n")
      .slice(2)
      .map((line) => {
        const [, says = "", tests = ""] = /^\| (.+) \| (`test\/.+) \|$/.exec(line) ?? ["", line];
        const files = tests.split(/; (?=`test\/)/).filter(Boolean);
        return {
          says,
          shownBy: files.map((one) => ({
            file: /`([^`]+)`/.exec(one)?.[1] ?? "",
            titles: [...one.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title),
          })),
        };
      });
  });
}

/** What is wrong with the tests that claims name. */
function faultsOf(claims: readonly Claim[], read: (file: string) => string | undefined): string[] {
  return claims.flatMap(({ says, shownBy }) => {
    if (shownBy.length === 0) {
      return [`no test: ${says}`];
    }
    return shownBy.flatMap(({ file, titles }) => {
      const source = read(file);
      if (source === undefined) {
        return [`no file ${file}: ${says}`];
      }
      const missing = titles.filter((title) => !source.includes(JSON.stringify(title)));
      return titles.length === 0
        ? [`no title in ${file}: ${says}`]
        : missing.map((title) => `no test "${title}" in ${file}`);
    });
  });
}

const readTest = (file: string) =>
  existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : undefined;

describe("docs/security.md", () => {
  it("names tests that are there, for each of its claims", () => {
    const claims = claimsIn(TEXT);
    expect(claims.length).toBeGreaterThan(40);
    expect(faultsOf(claims, readTest)).toEqual([]);
  });

  it("would not go unnoticed with a claim that nothing shows", () => {
    const table = (row: string) => `\n| What holds | Shown by |\n| --- | --- |\n${row}\n\ntext`;
    const faults = (row: string) =>
      faultsOf(claimsIn(table(row)), (file) =>
        file === "test/a.test.ts" ? 'it("one", …' : undefined,
      );
    expect(faults('| A | `test/a.test.ts` "one" |')).toEqual([]);
    expect(faults('| A | `test/a.test.ts` "one", "two" |')).toEqual([
      'no test "two" in test/a.test.ts',
    ]);
    expect(faults('| A | `test/a.test.ts` "one"; `test/b.test.ts` "one" |')).toEqual([
      "no file test/b.test.ts: A",
    ]);
    expect(faults("| A | `test/a.test.ts` |")).toEqual(["no title in test/a.test.ts: A"]);
    expect(faults("| A | everybody knows |")).toEqual(["no test: | A | everybody knows |"]);
  });
});
