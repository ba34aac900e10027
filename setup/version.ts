import { isAtLeast } from "../src/docker/version.ts";

/**
 * Whether a version of a program or a Debian package is `minimum` or newer: "1.45", "go1.26.8",
 * "26.1.5+dfsg1-9", "2:1.24~2". Text without a number counts as oldest.
 */
export function isNewEnough(found: string, minimum: string): boolean {
  return isAtLeast(threePart(found), threePart(minimum));
}

/** Returns the version with three parts, without Debian's epoch ("2:" above). */
function threePart(version: string): string {
  const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version.replace(/^\d+:/, ""));
  return match === null ? "" : [match[1], match[2] ?? "0", match[3] ?? "0"].join(".");
}
