/** External volumes of a deployment, which compose does not make. Pure. */
import type { ConfigIssue } from "../errors.ts";
import type { FoundVolume } from "../observe/found-volumes.ts";
import type { VolumeDeclaration } from "./declared.ts";

/** Finds external volumes that do not exist. */
export function missingExternalVolumes(
  { volumes }: VolumeDeclaration,
  existing: readonly FoundVolume[],
): ConfigIssue[] {
  return volumes
    .filter(({ name, external }) => external && !existing.some((one) => one.name === name))
    .map(({ key, name }) => ({
      field: `volumes.${key}`,
      message: `the volume ${name} is external and not there; correct its name, make an empty one (\`docker volume create ${name}\`), or take \`external\` away, then run the same command again`,
    }));
}
