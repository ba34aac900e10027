import type { DeploymentSettings } from "../spec/settings.ts";

/** Keys and names of the volumes that may be left out of use. */
export function allowedVolumes({
  allowVolumeChange = [],
}: Pick<DeploymentSettings, "allowVolumeChange">): readonly string[] {
  return allowVolumeChange;
}

/** Setting that allows a volume to be left out of use, as a person writes it. */
export function volumeAllowance(key: string): string {
  return `allowVolumeChange "${key}" (on the command line: --allow-volume-change ${key})`;
}
