/** Doc comments begin with a verb or a noun, so that their first words name the subject. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../testing/folders.ts";

const FOLDERS = ["src", "sandbox", "setup", "testing", "faults", "bench", "scripts"];

/** Beginnings that name no subject. `Whether` is fine: it names the meaning of a boolean. */
const RIDDLES = [
  ...["What", "Whatever", "Who", "Whoever", "Whose", "Whether or not"],
  ...["It", "They", "That", "Those", "These", "Such", "The same", "One of"],
];
const RIDDLE = new RegExp(`^/\\*\\*[\\s*]*(?:${RIDDLES.join("|")})\\b(?!')[^\\n]*`);

/** Doc comments of a source text that begin with a riddle, each by its first line of text. */
function riddlesIn(source: string): string[] {
  // Only at the beginning of a line: a text may hold `/**` as well.
  const comments = source.match(/(?<=^[ \t]*)\/\*\*[\s\S]*?\*\//gm) ?? [];
  return comments.flatMap((comment) => RIDDLE.exec(comment)?.[0].replace(/\s+/g, " ") ?? []);
}

describe("doc comments", () => {
  it("begin with a verb or a noun", () => {
    const files = globSync(`{${FOLDERS.join()}}/**/*.{ts,mts,mjs}`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) =>
      riddlesIn(readFileSync(join(ROOT, file), "utf8")).map((riddle) => `${file}: ${riddle}`),
    );
    expect(found).toEqual([]);
  });

  it.each(RIDDLES)("must not begin with %s", (riddle) => {
    expect(riddlesIn(`/** ${riddle} compose prints. */\nconst a = 1;`)).toHaveLength(1);
    expect(riddlesIn(`  /**\n   * ${riddle} compose\n   * prints.\n   */`)).toHaveLength(1);
  });

  it.each([
    "/** Whether a container runs. */",
    "/** Item of a list. */",
    "/** Output of compose: what it prints. */",
    "/* What follows is no doc comment. */",
    "// What follows is no doc comment.",
    'const glob = "src/** What";',
  ])("may be %s", (line) => {
    expect(riddlesIn(line)).toEqual([]);
  });
});
