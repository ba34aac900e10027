import type { Engine } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { type FoundVolumes, findVolumes } from "../../observe/volumes.ts";

/** What there is of a project on an engine; undefined where the engine cannot be asked. */
export function findLeft(project: string, engine: Engine): Promise<FoundVolumes | undefined> {
  return onDeployError(
    () => findVolumes(project, [], engine),
    () => undefined,
  );
}
