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
  const parts = since.slice(1).split(".").map(Number);
  const at = parts.findIndex((part, index) => part !== deployed[index]);
  return at !== -1 && (parts[at] ?? 0) > (deployed[at] ?? 0);
}
