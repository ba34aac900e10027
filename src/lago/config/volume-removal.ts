/** Requests to remove a project's volumes with all their data. */
import type { ConfigIssue } from "../../errors.ts";

/**
 * Returns the project whose volumes are to be removed on destroy; undefined to keep them. Config
 * files hold only texts, so `false` may be a text.
 */
export function volumesToRemove(setting: string | boolean | undefined): string | undefined {
  return setting === undefined || setting === "" || String(setting) === "false"
    ? undefined
    : String(setting);
}

/**
 * Explains why a request to remove volumes is refused; empty when it names the deployment's own
 * project. A name is required because a misplaced `true` would remove somebody else's data.
 *
 * @param field the setting or option of the request
 * @param asked the project whose volumes are to be removed; undefined for none
 */
export function volumeRemovalIssues(
  field: string,
  projectName: string,
  asked: string | undefined,
): ConfigIssue[] {
  if (asked === undefined || asked === projectName) {
    return [];
  }
  const problem =
    asked === "true"
      ? "true does not say whose volumes"
      : `"${asked}" is not the project that is meant, "${projectName}"`;
  const message = `${problem}; to remove its volumes and ALL DATA in them, write the project's own name, ${projectName}`;
  return [{ field, message }];
}
