/** Asks the engine for volumes, and for what containers mount. Changes nothing. */
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { hostContainers } from "../docker/host-ports.ts";
import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { redactUrls } from "../redaction/redact.ts";
import {
  type FoundMount,
  type FoundVolume,
  type ListedVolume,
  MOUNTS_FORMAT,
  parseMounts,
  parseVolumeInspect,
  parseVolumeList,
  VOLUME_LIST_FORMAT,
} from "./found-volumes.ts";

const TIMEOUT_MS = 30_000;

/** How often the engine is looked at until nothing has vanished between two calls. */
const MAX_LOOKS = 3;

/** What the engine has of a project, and beside it. */
export interface FoundVolumes {
  /** The project's own volumes, and those of others that it declares by name. */
  readonly volumes: readonly FoundVolume[];
  /** What the containers of the project's services mount. */
  readonly mounts: readonly FoundMount[];
  /** Whether the project has containers at all. */
  readonly hasContainers: boolean;
  /** All volumes of the engine that a compose project made, markers among them. */
  readonly all: readonly ListedVolume[];
}

/**
 * Looks for what the engine has of a project.
 *
 * @param declared names of volumes that may belong to somebody else
 * @throws DeployError when docker cannot be asked
 */
export function findVolumes(
  project: string,
  declared: readonly string[],
  engine: Engine,
  signal?: AbortSignal,
): Promise<FoundVolumes> {
  return lookUntilNoneGoes(MAX_LOOKS, async () => {
    const [listed, containers] = await allSettledOrThrow([
      listVolumes(engine, signal),
      hostContainers(engine, signal),
    ]);
    const relevant = listed.filter(
      (volume) => volume.project === project || declared.includes(volume.name),
    );
    const ids = containers.filter((one) => one.project === project).map(({ id }) => id);
    const [volumes, mounts] = await allSettledOrThrow([
      withDefinitions(relevant, engine, signal),
      mountsOf(ids, engine, signal),
    ]);
    const all = listed.filter((volume) => volume.project !== "");
    return { volumes, mounts, hasContainers: ids.length > 0, all };
  });
}

/** All volumes of an engine. */
export async function listVolumes(engine: Engine, signal?: AbortSignal): Promise<ListedVolume[]> {
  const args = ["volume", "ls", "--format", VOLUME_LIST_FORMAT];
  return parseVolumeList(await docker("Looking at the engine's volumes", args, engine, signal));
}

async function withDefinitions(
  listed: readonly ListedVolume[],
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<FoundVolume[]> {
  if (listed.length === 0) {
    return [];
  }
  const args = ["volume", "inspect", ...listed.map(({ name }) => name)];
  const definitions = parseVolumeInspect(await docker("Inspecting volumes", args, engine, signal));
  return listed.flatMap((volume) => {
    const definition = definitions.get(volume.name);
    return definition === undefined ? [] : [{ ...volume, ...definition }];
  });
}

async function mountsOf(
  ids: readonly string[],
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<FoundMount[]> {
  if (ids.length === 0) {
    return [];
  }
  const args = ["container", "inspect", "--format", MOUNTS_FORMAT, ...ids];
  return parseMounts(await docker("Looking at what the containers mount", args, engine, signal));
}

async function docker(
  purpose: string,
  args: readonly string[],
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { stdout } = await callDocker({
    engine,
    purpose,
    args,
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return stdout;
}
