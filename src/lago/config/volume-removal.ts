/** The wish that a project's volumes go, and all data with them. */
import type { ConfigIssue } from "../../errors.ts";

/**
 * The project whose volumes are to be removed at a deployment's end, as a setting gives it; undefined
 * where they stay. Config files know texts only: `false` may come as one.
 */
export function volumesToRemove(setting: string | boolean | undefined): string | undefined {
  return setting === undefined || setting === "" || String(setting) === "false"
    ? undefined
    : String(setting);
}

/**
 * Says why a wish to remove volumes does not hold; nothing when it names the project that is meant.
 * A switch that stood in the wrong place would remove somebody else's data: a name does not.
 *
 * @param field the setting or option that carries the wish
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
  const said =
    asked === "true"
      ? "true does not say whose volumes"
      : `"${asked}" is not the project that is meant, "${projectName}"`;
  const message = `${said}; to remove its volumes and ALL DATA in them, write the project's own name, ${projectName}`;
  return [{ field, message }];
}
