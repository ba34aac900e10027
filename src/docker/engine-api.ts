/** Containers, volumes, images and networks of a Docker engine, as its HTTP API has them. */

import { z } from "zod";
import { DeployError } from "../errors.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { zbl } from "../text/zbl.ts";
import { containerSchema, type EngineContainer } from "./engine-container.ts";
import { askEngine, type EngineCall, enginePath } from "./engine-request.ts";
import { CONFIG_HASH_LABEL, PROJECT_LABEL } from "./labels.ts";

/** Most times that a project is listed again because a container went meanwhile. */
const MAX_LISTS = 5;

const labels = z.record(z.string(), z.string()).nullish();

const listedSchema = z.array(
  z.looseObject({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    Image: z.string().optional(),
    /** Entry point and command as one text, also those of the image. */
    Command: z.string().optional(),
    Labels: labels,
    State: z.string().default(""),
    Status: z.string().optional(),
    Ports: z
      .array(
        z.looseObject({
          IP: z.string().default(""),
          PublicPort: z.number().optional(),
          PrivatePort: z.number().default(0),
          Type: z.string().default("tcp"),
        }),
      )
      .nullish(),
    NetworkSettings: z
      .looseObject({ Networks: z.record(z.string(), z.unknown()).nullish() })
      .nullish(),
    Mounts: z
      .array(
        z.looseObject({
          Type: z.string().default(""),
          Name: z.string().default(""),
          Destination: z.string().default(""),
        }),
      )
      .nullish(),
  }),
);

/** A container in the engine's list. */
export type ListedContainer = z.output<typeof listedSchema>[number];

const volumeSchema = z.looseObject({
  Name: z.string(),
  Driver: z.string().default("local"),
  Options: z.record(z.string(), z.string()).nullish(),
  Labels: labels,
});

const volumesSchema = z.looseObject({ Volumes: z.array(volumeSchema).nullish() });

/** A volume of the engine. */
export type EngineVolume = z.output<typeof volumeSchema>;

const networksSchema = z.array(z.looseObject({ Id: z.string(), Name: z.string(), Labels: labels }));

/** A network of the engine. */
export type EngineNetwork = z.output<typeof networksSchema>[number];

const imagesSchema = z.array(
  z.looseObject({
    Id: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    RepoDigests: z.array(z.string()).nullish(),
  }),
);

/** An image in the engine's list. */
export type ListedImage = z.output<typeof imagesSchema>[number];

const imageSchema = z.looseObject({
  Id: z.string(),
  RepoDigests: z.array(z.string()).nullish(),
  Config: z.looseObject({ Env: z.array(z.string()).nullish() }).nullish(),
});

/** An image with its configuration. */
export type InspectedImage = z.output<typeof imageSchema>;

/**
 * Containers of the engine, running or not; of one compose project where one is named, and with
 * further labels where some are given.
 */
export async function listContainers(
  call: EngineCall,
  {
    project,
    state,
    labelled = [],
  }: {
    readonly project?: string;
    readonly state?: string;
    readonly labelled?: readonly string[];
  } = {},
): Promise<ListedContainer[]> {
  const named = project === undefined ? [] : [`${PROJECT_LABEL}=${project}`];
  const label = [...named, ...labelled];
  const filters = {
    ...(label.length === 0 ? {} : { label }),
    ...(state === undefined ? {} : { status: [state] }),
  };
  const path = enginePath("/containers/json", { all: "true" }, filters);
  return parse(listedSchema, await askEngine(call, { method: "GET", path }), "containers");
}

/**
 * Inspects containers, in the order of their ids. Leaves out containers that no longer exist. Holds
 * secrets.
 */
export async function inspectContainers(
  call: EngineCall,
  ids: readonly string[],
): Promise<EngineContainer[]> {
  const answers = ids.map((id) =>
    askEngine(call, {
      method: "GET",
      path: enginePath(`/containers/${encodeURIComponent(id)}/json`),
    }),
  );
  const found = (await allSettledOrThrow(answers)).filter((answer) => answer !== undefined);
  return parseContainers(found);
}

/**
 * Reads inspected containers.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of the answer
 */
export function parseContainers(inspected: readonly unknown[]): EngineContainer[] {
  return inspected.map((container) => parse(containerSchema, container, "a container"));
}

/** Containers of a list, and the inspected ones among them. */
export interface ListedAndInspected {
  readonly listed: ListedContainer[];
  /** Hold secrets. */
  readonly containers: EngineContainer[];
}

/**
 * Lists containers, and inspects those that are wanted. Lists again when a container was removed in
 * between, as when compose replaces one.
 */
export async function listAndInspect(
  call: EngineCall,
  list: () => Promise<ListedContainer[]>,
  isWanted: (container: ListedContainer) => boolean = () => true,
): Promise<ListedAndInspected> {
  for (let lists = 1; ; lists += 1) {
    const listed = await list();
    const ids = listed.filter(isWanted).map(({ Id }) => Id);
    const containers = await inspectContainers(call, ids);
    if (containers.length === ids.length || lists === MAX_LISTS) {
      return { listed, containers };
    }
  }
}

/** Inspects all containers that `list` finds. Holds secrets. */
export async function inspectListed(
  call: EngineCall,
  list: () => Promise<ListedContainer[]>,
): Promise<EngineContainer[]> {
  return (await listAndInspect(call, list)).containers;
}

/** Inspects a project's containers, running or not. Holds secrets. */
export function projectContainers(call: EngineCall, project: string): Promise<EngineContainer[]> {
  return inspectListed(call, () => listContainers(call, { project }));
}

/**
 * Inspects the containers that compose made for a project, running or not: those that
 * `docker compose ps` lists. Holds secrets.
 */
export function composeContainers(call: EngineCall, project: string): Promise<EngineContainer[]> {
  const labelled = [CONFIG_HASH_LABEL];
  return inspectListed(call, () => listContainers(call, { project, labelled }));
}

/**
 * Gives a container another name. On networks of a project the new name is a host name at once, and
 * the old one is none any more.
 */
export async function renameContainer(call: EngineCall, id: string, name: string): Promise<void> {
  const path = enginePath(`/containers/${encodeURIComponent(id)}/rename`, { name });
  await askEngine(call, { method: "POST", path });
}

/** Starts a container. Harmless where the container runs. */
export async function startContainer(call: EngineCall, id: string): Promise<void> {
  await askEngine(call, { method: "POST", path: `/containers/${encodeURIComponent(id)}/start` });
}

/**
 * Stops a container by its own signal, and kills the container after its own grace period. Harmless
 * where the container does not run.
 */
export async function stopContainer(call: EngineCall, id: string): Promise<void> {
  await askEngine(call, { method: "POST", path: `/containers/${encodeURIComponent(id)}/stop` });
}

/** Removes a container that does not run; its volumes stay. */
export async function removeContainer(call: EngineCall, id: string): Promise<void> {
  await askEngine(call, { method: "DELETE", path: `/containers/${encodeURIComponent(id)}` });
}

/** Volumes of the engine; those with a label, such as `name=value`, where one is given. */
export async function listVolumes(call: EngineCall, label?: string): Promise<EngineVolume[]> {
  const path = enginePath("/volumes", {}, label === undefined ? {} : { label: [label] });
  const answer = await askEngine(call, { method: "GET", path });
  return parse(volumesSchema, answer, "volumes").Volumes ?? [];
}

/** Makes an empty volume. Harmless where there is one of that name and driver. */
export async function createVolume(
  call: EngineCall,
  name: string,
  volumeLabels: Readonly<Record<string, string>>,
): Promise<void> {
  const body = { Name: name, Labels: volumeLabels };
  await askEngine(call, { method: "POST", path: "/volumes/create", body });
}

/** Removes a volume; one that is gone is as good. */
export async function removeVolume(call: EngineCall, name: string): Promise<void> {
  const path = enginePath(`/volumes/${encodeURIComponent(name)}`, { force: "true" });
  await askEngine(call, { method: "DELETE", path });
}

/** Networks of the engine. */
export async function listNetworks(call: EngineCall): Promise<EngineNetwork[]> {
  const answer = await askEngine(call, { method: "GET", path: "/networks" });
  return parse(networksSchema, answer, "networks");
}

/** Images of the engine. */
export async function listImages(call: EngineCall): Promise<ListedImage[]> {
  const path = enginePath("/images/json", { digests: "true" });
  return parse(imagesSchema, await askEngine(call, { method: "GET", path }), "images");
}

/** An image by its id; undefined where the engine no longer has it. */
export async function inspectImage(
  call: EngineCall,
  id: string,
): Promise<InspectedImage | undefined> {
  const path = `/images/${encodeURIComponent(id)}/json`;
  const answer = await askEngine(call, { method: "GET", path });
  return answer === undefined ? undefined : parse(imageSchema, answer, "an image");
}

const versionSchema = z.looseObject({ Version: z.string() });

/** The engine's own release, such as `26.1.5`. */
export async function engineVersion(call: EngineCall): Promise<string> {
  const answer = await askEngine(call, { method: "GET", path: "/version" });
  return parse(versionSchema, answer, "its version").Version;
}

const infoSchema = z.looseObject({
  ID: z.string().default(""),
  Name: z.string().default(""),
  DockerRootDir: z.string().default(""),
});

/** The engine's id, the name of its host, and the folder there that has the engine's own files. */
export async function engineInfo(
  call: EngineCall,
): Promise<{ id: string; name: string; rootFolder: string }> {
  const answer = await askEngine(call, { method: "GET", path: "/info" });
  const { ID, Name, DockerRootDir } = parse(infoSchema, answer, "itself");
  return { id: ID, name: Name, rootFolder: DockerRootDir };
}

/** @throws DeployError of kind `ParseError`, which shows nothing of the answer */
function parse<T>(schema: z.ZodType<T>, answer: unknown, subject: string): T {
  const { data, success } = schema.safeParse(answer);
  if (!success) {
    throw new DeployError(
      "ParseError",
      `The Docker engine's answer about ${subject} is not of the expected form. Run \`${zbl("doctor")}\` to see whether this Docker version is supported.`,
    );
  }
  return data;
}
