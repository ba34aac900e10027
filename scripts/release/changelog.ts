/** Parses `CHANGELOG.md`, in the format of Keep a Changelog. */

const HEADING = /^## \[(?<version>[^\]]+)\](?: - (?<date>\d{4}-\d{2}-\d{2}))?$/;

/** One section of the changelog. */
export interface Section {
  /** A version, or `Unreleased`. */
  readonly version: string;
  /** Day of the release, such as `2026-01-31`; undefined if missing. */
  readonly date: string | undefined;
  readonly text: string;
}

/** Lists the sections of a changelog, in its order. */
export function sectionsOf(changelog: string): Section[] {
  const [, ...parts] = changelog.split(/^(?=## )/m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const { version = heading, date } = HEADING.exec(heading.trimEnd())?.groups ?? {};
    return { version, date, text: lines.join("\n").trim() };
  });
}

/**
 * Lists the reasons why a tag cannot be released; empty if it can.
 *
 * @param tag such as `v0.1.0`
 * @param version that of package.json
 */
export function releaseFaults(tag: string, version: string, changelog: string): string[] {
  const sections = sectionsOf(changelog);
  const section = sections.find((one) => one.version === version);
  const unreleased = sections.find((one) => one.version === "Unreleased");
  const faults = [
    tag !== `v${version}` &&
      `The tag is ${tag}, and package.json says ${version}: tag a commit whose package.json has that version.`,
    section === undefined &&
      `CHANGELOG.md has no section [${version}]: give what stands in [Unreleased] this name and a date.`,
    section !== undefined &&
      section.date === undefined &&
      `The section [${version}] of CHANGELOG.md has no date: its heading is "## [${version}] - YYYY-MM-DD".`,
    section?.text === "" && `The section [${version}] of CHANGELOG.md is empty.`,
    unreleased !== undefined &&
      unreleased.text !== "" &&
      `CHANGELOG.md still has changes in [Unreleased]: move them to [${version}].`,
  ];
  return faults.filter((fault) => fault !== false);
}
