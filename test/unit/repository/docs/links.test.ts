/** What the documents lead to: files, sections and commands that there are. */
import { existsSync } from "node:fs";
import { join, normalize } from "node:path/posix";
import { describe, expect, it } from "vitest";
import manifest from "../../../../package.json" with { type: "json" };
import { STACK_SETTING_NAMES } from "../../../../src/spec/names.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { DOCUMENTS, documentText } from "../../../support/docs/documents.ts";
import { headingAnchors, linksOf } from "../../../support/docs/markdown.ts";

describe.each(DOCUMENTS)("%s", (name) => {
  const text = documentText(name);

  it("links to files and sections that are there", () => {
    const missing = linksOf(text).filter(({ path, anchor }) => {
      const target = path === "" ? name : normalize(join(name, "..", path));
      if (!existsSync(join(ROOT, target))) {
        return true;
      }
      return anchor !== "" && !headingAnchors(documentText(target)).has(anchor);
    });
    expect(missing).toEqual([]);
  });

  it("names scripts that there are", () => {
    const named = [...text.matchAll(/\bnpm run (?<script>[a-z][a-z:-]*)/g)].map(
      ({ groups }) => groups?.script ?? "",
    );
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

describe("README.md", () => {
  const text = documentText("README.md");

  it("has its sections in the order in which they are needed", () => {
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      "Production use",
      "Every day",
      "Settings",
      "Secrets",
      "Upgrades",
      "Trouble",
      "Documentation",
    ]);
  });

  it("leads to every document, over others where need be", () => {
    const reached = new Set(["README.md"]);
    for (const name of reached) {
      for (const { path } of linksOf(documentText(name))) {
        const target = path === "" ? name : normalize(join(name, "..", path));
        if (target.endsWith(".md") && DOCUMENTS.includes(target)) {
          reached.add(target);
        }
      }
    }
    expect(DOCUMENTS.filter((name) => !reached.has(name))).toEqual([]);
  });
});

describe("docs/stack-settings.md", () => {
  it("has every setting that the program reads in its table, and no other", () => {
    const [, settings = ""] = documentText("docs/stack-settings.md").split("\n## All settings\n");
    const names = [...settings.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(\w+)/g)].map(([, setting = ""]) => setting),
    );
    expect([...new Set(names)].sort()).toEqual([...STACK_SETTING_NAMES].sort());
  });
});
