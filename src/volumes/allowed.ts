import type { ConfigIssue } from "../errors.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import type { DeploymentSettings } from "../spec/settings.ts";
import { zbl } from "../text/zbl.ts";

/** Keys and names of the volumes that may be left out of use. */
export function allowedVolumes({
  allowVolumeChange = [],
}: Pick<DeploymentSettings, "allowVolumeChange">): readonly string[] {
  return allowVolumeChange;
}

/**
 * Finds allowed names that are near misses of a volume. A name that is near to none may be the one of
 * a volume that is gone.
 *
 * @param known keys and names of the volumes that are declared or there
 */
export function mistypedVolumes(
  allowed: readonly string[],
  known: readonly string[],
): ConfigIssue[] {
  return allowed.flatMap((name) => {
    const meant = known.includes(name) ? undefined : suggest(name, known);
    return meant === undefined
      ? []
      : [
          {
            field: "allowVolumeChange",
            message: `there is no volume ${name}. Did you mean ${meant}?`,
          },
        ];
  });
}

/**
 * Command that allows a volume to be left out of use.
 *
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export function volumeAllowance(key: string, stack: string | undefined): string {
  const words = ["set", ...(stack === undefined ? [] : [stack]), "allowVolumeChange", key];
  return `${zbl(...words)} (on the command line: --allow-volume-change ${key})`;
}
