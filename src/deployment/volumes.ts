/** Checks the volumes that hold a deployment's data, before anything is touched. */
import { commandNote } from "../docker/endpoint-settings.ts";
import type { ConfigIssue } from "../errors.ts";
import type { Snapshot } from "../observe/snapshot.ts";
import { foundVolumes } from "../observe/volumes.ts";
import { allowedVolumes, mistypedVolumes } from "../volumes/allowed.ts";
import { dataVolumesOf, missingVolumes, volumeIssues } from "../volumes/changes.ts";
import { declaredVolumesOf } from "../volumes/declared.ts";
import { otherProjectsNote } from "../volumes/other-projects.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

/** Effects that a start would have on volumes. */
export interface VolumeOutlook {
  /** Faults of the names of volumes in settings. */
  readonly invalid: readonly ConfigIssue[];
  /** Reasons to refuse the start. */
  readonly issues: readonly ConfigIssue[];
  /** Notes for a person, each a sentence. */
  readonly notes: readonly string[];
}

/**
 * Compares the volumes that a deployment declares with the present ones.
 *
 * @param snapshot the engine as it is now
 * @param how names of variables whose values only the real run knows, and the stack whose config has
 *   the settings. Defaults to none
 * @throws DeployError when compose cannot read the files
 */
export async function volumeOutlook(
  deployment: LagoDeployment,
  snapshot: Snapshot,
  { unknown = [], stack }: { unknown?: readonly string[]; stack?: string | undefined } = {},
): Promise<VolumeOutlook> {
  const { environment, options } = deployment;
  const { name: project, engine } = deployment.project;
  const declaration = declaredVolumesOf(await deployment.model(), { environment, unknown });
  const names = declaration.volumes.map(({ name }) => name);
  const found = foundVolumes(snapshot, names);
  const allowed = allowedVolumes(options);
  const issues = volumeIssues({ project, stack, declaration, found, allowed }).map((issue) => ({
    ...issue,
    message: `${issue.message}${commandNote(engine)}`,
  }));
  const declared = (await deployment.model()).volumes ?? [];
  const known = [
    ...[...declared, ...found.volumes].flatMap(({ key, name }) => [key, name]),
    ...found.mounts.map(({ volume }) => volume),
  ];
  const invalid = mistypedVolumes(allowed, known);
  const hasData = dataVolumesOf(project, found).length > 0;
  if (!hasData && !found.hasContainers) {
    return { invalid, issues, notes: otherProjectsNote(project, found.all) };
  }
  const missing = missingVolumes(declaration, found).map(({ name }) => name);
  return {
    invalid,
    issues,
    notes:
      hasData && missing.length > 0
        ? [`warning: made EMPTY, since not there beside its other volumes: ${missing.join(", ")}`]
        : [],
  };
}
