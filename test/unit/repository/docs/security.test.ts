/** Each claim of docs/security.md names test files that exist and hold tests. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../../testing/folders.ts";
import { documentText } from "../../../support/docs/documents.ts";

/** The start of a call that declares a test: `it(…)`, `it.each(…)`, `it.each<…>(…)`. */
const DECLARES_A_TEST = /^\s*it(?:\.\w+)*[(<]/m;

/** Rows of all tables whose last column names test files. */
function claimsIn(text: string): string[] {
  const tables = text.split(/\n(?=\| What holds \| Shown by \|)/).slice(1);
  return tables.flatMap((table) => (table.split("\n\n")[0] ?? "").split("\n").slice(2));
}

/** Faults of the test files that a claim names. */
function faultsOf(claim: string, read: (file: string) => string | undefined): string[] {
  const [, says = claim, tests = ""] = /^\| (.+) \| (`test\/.+`) \|$/.exec(claim) ?? [];
  const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
  if (files.length === 0) {
    return [`no test file is named: ${says}`];
  }
  return files.flatMap((file) => {
    const source = file.endsWith(".test.ts") ? read(file) : undefined;
    if (source === undefined) {
      return [`no test file ${file}: ${says}`];
    }
    return DECLARES_A_TEST.test(source) ? [] : [`no test in ${file}: ${says}`];
  });
}

const readTest = (file: string) =>
  existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : undefined;

describe("docs/security.md", () => {
  it("names test files that exist and hold tests, for each of its claims", () => {
    const claims = claimsIn(documentText("docs/security.md"));
    expect(claims.length).toBeGreaterThan(40);
    expect(claims.flatMap((claim) => faultsOf(claim, readTest))).toEqual([]);
  });

  it("would not go unnoticed with a claim that nothing shows", () => {
    const files = new Map([
      ["test/a.test.ts", '  it("holds", () => {});'],
      ["test/each.test.ts", "it.each<[string]>([])"],
      ["test/empty.test.ts", "split(text)"],
      ["test/support/a.ts", "it()"],
    ]);
    const faults = (row: string) => {
      const table = `\n| What holds | Shown by |\n| --- | --- |\n${row}\n\ntext`;
      return claimsIn(table).flatMap((claim) => faultsOf(claim, (file) => files.get(file)));
    };
    expect(faults("| A | `test/a.test.ts`, `test/each.test.ts` |")).toEqual([]);
    expect(faults("| A | `test/a.test.ts`, `test/b.test.ts` |")).toEqual([
      "no test file test/b.test.ts: A",
    ]);
    expect(faults("| A | `test/empty.test.ts` |")).toEqual(["no test in test/empty.test.ts: A"]);
    expect(faults("| A | `test/support/a.ts` |")).toEqual(["no test file test/support/a.ts: A"]);
    expect(faults("| A | everybody knows |")).toEqual([
      "no test file is named: | A | everybody knows |",
    ]);
  });
});
