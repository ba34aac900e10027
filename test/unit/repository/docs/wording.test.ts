/** Documents avoid idioms that readers stumble over, and say the plain word instead. */
import { describe, expect, it } from "vitest";
import { DOCUMENTS, documentText } from "../../../support/docs/documents.ts";
import { outsideBlocks } from "../../../support/docs/markdown.ts";

/** Idioms, each with plainer words. */
const IDIOMS: readonly (readonly [idiom: RegExp, plainly: string])[] = [
  [/\bas ever\b/i, "as usual, or nothing"],
  [/\bfor good\b/i, "permanently"],
  [/\bfor ever\b/i, "forever"],
  [/\b(?:is|are|was|were) meant\b/i, "intended; or name the thing"],
  [/\bat hand\b/i, "available, installed"],
  [/\b(?:tells?|told) of\b/i, "reports, names"],
  [/\bwhoever\b/i, "anyone who"],
  [/\bwithout a word\b/i, "silently, without a warning"],
  [/\bsays nothing of\b/i, "does not mention"],
  [/\b(?:what|which) becomes of\b/i, "the effect on; what happens to"],
  [/\b(?:is|are) (?:not )?whole\b/i, "complete"],
  [/\bof no use\b/i, "useless"],
  [/\bin the clear\b/i, "unencrypted"],
  [/\bto be had\b/i, "available"],
  [/\bbe rid of\b/i, "remove"],
  [/\bsays? plainly\b/i, "says"],
  [/\bthe very (?:name|same|image|process|lines?)\b/i, "exactly the"],
  [/\b(?:is|are) told\b/i, "receives, is set"],
  [/\bdo the like\b/i, "do the same"],
  [/\bone by one\b/i, "separately, each on its own"],
  [/\ball the same\b/i, "nevertheless"],
  [/\bby (?:itself|themselves)\b/i, "automatically, separately"],
  [/\b(?:takes?|taken) up(?! to)\b/i, "takes over"],
];

/** Documents whose tables quote the reports of measurements. */
const QUOTING = ["docs/faults.md", "docs/benchmark.md"];

/** Idioms in the prose of a text, each with its line and plainer words. Code is left out. */
function idiomsIn(text: string): string[] {
  const prose = outsideBlocks(text).replace(/`[^`\n]*`/g, "``");
  return IDIOMS.flatMap(([idiom, plainly]) => {
    // A line may break within an idiom.
    const anywhere = new RegExp(idiom.source.replaceAll(" ", "\\s+"), "gi");
    return [...prose.matchAll(anywhere)].map(({ 0: found, index }) => {
      const line = prose.slice(0, index).split("\n").length;
      return `${line}: "${found}": ${plainly}`;
    });
  });
}

describe("the wording of documents", () => {
  it.each(DOCUMENTS.filter((name) => !QUOTING.includes(name)))("%s is plain", (name) => {
    expect(idiomsIn(documentText(name))).toEqual([]);
  });

  it("that is not plain does not go unnoticed", () => {
    expect(idiomsIn("Fine.\nKeys are refused as ever, whoever sets them.")).toEqual([
      '2: "as ever": as usual, or nothing',
      '2: "whoever": anyone who',
    ]);
    expect(idiomsIn("It TELLS\nOF drift")).toHaveLength(1);
  });

  it.each([
    "The host has no database server.",
    "a meaning that is meaningful",
    "`as ever` is code",
    "```text\nwhoever\n```",
    "tells whether two values differ",
    "takes up to three times as long",
  ])("may be: %s", (text) => {
    expect(idiomsIn(text)).toEqual([]);
  });
});
