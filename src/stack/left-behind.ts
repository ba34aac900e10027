import type { Engine } from "../engine/settings.ts";
import { DeployError } from "../errors.ts";
import { type FoundVolumes, findVolumes } from "../volumes/engine.ts";

/** What there is of a project on an engine; undefined where the engine cannot be asked. */
export async function findLeft(project: string, engine: Engine): Promise<FoundVolumes | undefined> {
  try {
    return await findVolumes(project, [], engine);
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return undefined;
    }
    throw error;
  }
}
