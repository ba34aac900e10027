import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { releaseFaults, sectionsOf } from "../../../../scripts/release/changelog.ts";

const CHANGELOG = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-02-03

### Added

- Something.

## [0.1.0]
`;

describe("sectionsOf", () => {
  it("reads versions, dates and texts", () => {
    expect(sectionsOf(CHANGELOG)).toEqual([
      { version: "Unreleased", date: undefined, text: "" },
      { version: "0.2.0", date: "2026-02-03", text: "### Added\n\n- Something." },
      { version: "0.1.0", date: undefined, text: "" },
    ]);
  });

  it("reads the project's own", () => {
    const own = readFileSync(new URL("../../../../CHANGELOG.md", import.meta.url), "utf8");
    const [first, ...released] = sectionsOf(own);
    expect(first?.version).toBe("Unreleased");
    expect(released.filter(({ date, text }) => date === undefined || text === "")).toEqual([]);
  });
});

describe("releaseFaults", () => {
  it("finds nothing where tag, version and changelog are of one mind", () => {
    expect(releaseFaults("v0.2.0", "0.2.0", CHANGELOG)).toEqual([]);
  });

  it.each([
    ["v0.2.1", "0.2.0", CHANGELOG, [/tag is v0\.2\.1.*says 0\.2\.0/]],
    ["v0.3.0", "0.3.0", CHANGELOG, [/no section \[0\.3\.0\]/]],
    ["v0.1.0", "0.1.0", CHANGELOG, [/no date/, /is empty/]],
    ["v0.2.0", "0.2.0", CHANGELOG.replace("## [0.2.0]", "- More.\n\n## [0.2.0]"), [/still/]],
    ["0.2.0", "0.2.0", "", [/tag is 0\.2\.0/, /no section/]],
  ])("refuses %s of version %s", (tag, version, changelog, faults) => {
    const found = releaseFaults(tag, version, changelog);
    expect(found).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });
});
