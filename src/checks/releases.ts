import { compareVersions } from "../docker/version.ts";

/**
 * Whether a release is newer than the deployed one; false when the deployed release is unknown.
 *
 * @param since such as `v1.47.0`, or `unreleased`
 */
export function isNewer(since: string, deployed: readonly number[] | undefined): boolean {
  if (deployed === undefined) {
    return false;
  }
  if (since === "unreleased") {
    return true;
  }
  return compareVersions(since.slice(1).split(".").map(Number), deployed) > 0;
}
