import { type ReadMount, readContainerFile, withMounts } from "../docker/container-files.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { DeployError } from "../errors.ts";

/** A place that may have data of PostgreSQL. */
export interface PostgresPlace {
  /** Container that has the mounts, running or not. Undefined where none has. */
  readonly container: string | undefined;
  /** Id of an image of the engine, for a container without which nothing can be read. */
  readonly image: string | undefined;
  readonly mounts: readonly ReadMount[];
  /** Folders that may have the data, the likeliest first. */
  readonly folders: readonly string[];
}

/**
 * Major release of PostgreSQL that made the data in a place, such as `15`. Undefined where there is
 * no data, or nothing can be read. Starts nothing.
 */
export async function postgresDataVersion(
  call: EngineCall,
  { container, image, mounts, folders }: PostgresPlace,
): Promise<string | undefined> {
  if (folders.length === 0 || mounts.length === 0) {
    return undefined;
  }
  const read = (id: string) => firstVersion(call, id, folders);
  try {
    return container === undefined
      ? image && (await withMounts(call, image, mounts, read))
      : await read(container);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind !== "Canceled") {
      return undefined;
    }
    throw error;
  }
}

async function firstVersion(
  call: EngineCall,
  id: string,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const version = (await readContainerFile(call, id, `${folder}/PG_VERSION`))?.trim();
    if (version !== undefined && /^\d+(\.\d+)?$/.test(version)) {
      return version;
    }
  }
  return undefined;
}
