/** docs/tests.md lists the cases that there are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listTests } from "../../scripts/docs/listed-tests.ts";
import { renderTests, subjectOf } from "../../scripts/docs/tests.ts";
import { listeningContext } from "../support/setup-context.ts";

describe("docs/tests.md", () => {
  it("is what `npm run tests:docs` writes", { timeout: 120_000 }, async () => {
    const files = await listTests(listeningContext().context);
    const written = readFileSync(join(import.meta.dirname, "..", "..", "docs", "tests.md"), "utf8");
    expect(written, "run `npm run tests:docs`").toBe(renderTests(files));
    for (const { path, subject } of files) {
      expect(subject, `${path} begins with a comment that says what it is about`).not.toBe("");
    }
  });
});

describe("renderTests", () => {
  it("lists files by name, and each group once above its cases", () => {
    const text = renderTests([
      { path: "b.test.ts", subject: "B.", needs: [], cases: [["alone"]] },
      {
        path: "a.test.ts",
        subject: "A <b>.",
        needs: ["Docker", "Pulumi"],
        cases: [
          ["one", "first"],
          ["one", "deep", "second"],
          ["other", "deep", "third *"],
        ],
      },
    ]);
    expect(text.slice(text.indexOf("4 cases"))).toBe(
      [
        ...["4 cases in 2 files.", ""],
        ...["## a.test.ts", "", "A &lt;b>. Needs Docker, Pulumi.", ""],
        ...["- one", "  - first", "  - deep", "    - second"],
        ...["- other", "  - deep", "    - third \\*", ""],
        ...["## b.test.ts", "", "B.", "", "- alone", ""],
      ].join("\n"),
    );
  });
});

describe("subjectOf", () => {
  it.each([
    ["/** One line. */\nimport", "One line."],
    ["/**\n * Two\n * lines.\n */\n", "Two lines."],
    ["import x;\n/** Not the head. */", ""],
  ])("reads %j", (source, subject) => {
    expect(subjectOf(source)).toBe(subject);
  });
});
