import type { Engine } from "../engine/settings.ts";
import { ifFailed } from "../if-failed.ts";
import { type FoundVolumes, findVolumes } from "../volumes/engine.ts";

/** What there is of a project on an engine; undefined where the engine cannot be asked. */
export function findLeft(project: string, engine: Engine): Promise<FoundVolumes | undefined> {
  return ifFailed(
    () => findVolumes(project, [], engine),
    () => undefined,
  );
}
