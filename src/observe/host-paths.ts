import { stat } from "node:fs/promises";
import { isLocalEngine } from "../docker/endpoint.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { engineInfo } from "../docker/engine-api.ts";

/** Kinds of a path on the engine's host. */
export type PathKind = "file" | "folder" | "missing";

/**
 * Looks at paths of an engine's host, as far as this machine has the same files. Undefined for an
 * engine on another machine, and for one that is reached from inside a container, where a path means
 * something else.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function hostPaths(
  paths: readonly string[],
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, PathKind> | undefined> {
  if (!(await isLocalEngine(engine, signal))) {
    return undefined;
  }
  const kinds = await Promise.all(
    [...new Set(paths)].map(async (path) => [path, await kindOf(path)] as const),
  );
  const isDoubtful = kinds.some(([, kind]) => kind === "missing");
  if (isDoubtful) {
    const { rootFolder } = await engineInfo({
      engine,
      purpose: "Asking where the Docker engine keeps its files",
      signal,
    });
    if (rootFolder === "" || (await kindOf(rootFolder)) === "missing") {
      return undefined;
    }
  }
  return new Map(kinds);
}

async function kindOf(path: string): Promise<PathKind> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Without permission nobody can tell, and the engine has more permissions than this process.
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "file";
  }
}
