/** Reads files that containers have, without running anything in them. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { listContainers } from "./engine-api.ts";
import { askEngine, type EngineCall, enginePath, streamFromEngine } from "./engine-request.ts";
import { firstFileIn } from "./tar.ts";

/** Label of containers that exist only for their files to be read. */
const READS_LABEL = "z-billing-lago.reads";

/** Age at which such a container is what a run that was killed left, in milliseconds. */
const LEFT_OVER_MS = 300_000;

/** Most bytes of an archive to keep: the files that are read are small. */
const MAX_ARCHIVE_BYTES = 64 * 1024;

/** A mount of a container whose files are read. */
export interface ReadMount {
  readonly type: "volume" | "bind";
  /** Name of a volume that exists, or a path of the engine's host. */
  readonly source: string;
  readonly target: string;
}

/**
 * Content of a small file in a container, whether the container runs or not; undefined where there
 * is no such file.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function readContainerFile(
  call: EngineCall,
  id: string,
  path: string,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const request = {
    method: "GET" as const,
    path: enginePath(`/containers/${encodeURIComponent(id)}/archive`, { path }),
  };
  const isThere = await streamFromEngine(call, request, (chunk) => {
    if (size < MAX_ARCHIVE_BYTES) {
      chunks.push(chunk);
    }
    size += chunk.length;
  });
  return isThere ? firstFileIn(Buffer.concat(chunks)) : undefined;
}

/**
 * Makes a container that is never started, and removes the container after `work` in every case.
 * Nothing is written to its mounts. Returns undefined where the engine does not have the image.
 *
 * @param image id of an image
 * @param work gets the id of the container
 * @throws DeployError of the kind that docker's failure tells, such as for a path that is missing
 */
export async function withMounts<T>(
  call: EngineCall,
  image: string,
  mounts: readonly ReadMount[],
  work: (id: string) => Promise<T>,
): Promise<T | undefined> {
  await removeLeftOvers(call);
  const name = `zbl-reads-${Date.now()}-${randomBytes(4).toString("hex")}`;
  const body = {
    Image: image,
    // Never run: the engine makes no container without a command.
    Cmd: ["true"],
    Labels: { [READS_LABEL]: "true" },
    HostConfig: {
      NetworkMode: "none",
      Mounts: mounts.map(({ type, source, target }) => ({
        ...{ Type: type, Source: source, Target: target, ReadOnly: true },
        // Otherwise the engine fills an empty volume with what the image has there.
        ...(type === "volume" ? { VolumeOptions: { NoCopy: true } } : {}),
      })),
    },
  };
  const path = enginePath("/containers/create", { name });
  try {
    const answer = await askEngine(call, { method: "POST", path, body });
    const { data } = z.looseObject({ Id: z.string() }).safeParse(answer);
    return data && (await work(data.Id));
  } finally {
    // By name, and also after the call was canceled: the container may be there all the same.
    await remove({ ...call, signal: undefined }, name);
  }
}

/** Removes a container, and the volumes without a name that an image had it made with. */
async function remove(call: EngineCall, name: string): Promise<void> {
  const path = enginePath(`/containers/${encodeURIComponent(name)}`, { v: "true", force: "true" });
  await askEngine(call, { method: "DELETE", path });
}

async function removeLeftOvers(call: EngineCall): Promise<void> {
  const found = await listContainers(call, { labelled: [READS_LABEL], state: "created" });
  const names = found.flatMap(({ Names }) => (Names ?? []).map((name) => name.replace(/^\//, "")));
  const old = names.filter((name) => {
    const madeMs = Number(/^zbl-reads-(\d+)-/.exec(name)?.[1]);
    return Date.now() - madeMs > LEFT_OVER_MS;
  });
  for (const name of old) {
    await remove(call, name);
  }
}
