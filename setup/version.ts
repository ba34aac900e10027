import { isAtLeast } from "../src/docker/version.ts";

/**
 * Whether a version, as a program or a Debian package writes it, is `minimum` or newer: "1.45",
 * "go1.26.8", "26.1.5+dfsg1-9", "2:1.24~2". Text without a number is older than everything.
 */
export function isNewEnough(found: string, minimum: string): boolean {
  return isAtLeast(threePart(found), threePart(minimum));
}

/** The number alone, with all three parts; Debian's epoch, "2:" above, is no part of it. */
function threePart(version: string): string {
  const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version.replace(/^\d+:/, ""));
  return match === null ? "" : [match[1], match[2] ?? "0", match[3] ?? "0"].join(".");
}
