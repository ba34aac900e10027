/** Note about data of other deployments on the engine, for a person who mistyped a name. */
import type { FoundVolume } from "../observe/found-volumes.ts";

/** Most projects that a note names. */
const MAX_PROJECTS = 10;

/**
 * Notes for a project that begins without data on an engine with data of other deployments. After a
 * mistyped name, or one that was lost together with the state, an empty Lago would look like lost
 * data. Nothing tells such a name from a new one, so this is a note and no refusal.
 */
export function otherProjectsNote(project: string, all: readonly FoundVolume[]): string[] {
  const counts = new Map<string, number>();
  const withFingerprints = new Set(
    all.filter(({ holdsFingerprints }) => holdsFingerprints).map((one) => one.project),
  );
  for (const volume of all) {
    if (
      volume.project !== project &&
      withFingerprints.has(volume.project) &&
      !volume.holdsFingerprints
    ) {
      counts.set(volume.project, (counts.get(volume.project) ?? 0) + 1);
    }
  }
  const names = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const shown = names
    .slice(0, MAX_PROJECTS)
    .map(([name, count]) => `${name} (${count} ${count === 1 ? "volume" : "volumes"})`);
  const more = names.length > MAX_PROJECTS ? ` and ${names.length - MAX_PROJECTS} more` : "";
  return names.length === 0
    ? []
    : [
        `starts empty. Projects with data on this engine: ${shown.join(", ")}${more}. If you meant one of those, set projectName`,
      ];
}
