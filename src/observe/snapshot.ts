import {
  imageKey,
  LOCAL_IMAGES_FORMAT,
  parseImageVariables,
  parseLocalImages,
} from "../compose/local-images.ts";
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { redactUrls } from "../redaction/redact.ts";
import { type ObservedContainer, parseObserved } from "./containers.ts";
import { type Concealment, concealContainer } from "./mask.ts";
import { listVolumes } from "./volumes.ts";

const TIMEOUT_MS = 30_000;

/** Where no compose file is. */
const NEUTRAL_FOLDER = "/";

/** Most looks at a project whose containers are being replaced. */
const MAX_LOOKS = 5;

/** A project on an engine, without secrets. */
export interface ObservedProject {
  readonly containers: readonly ObservedContainer[];
  /** Names of the project's volumes that hold data. */
  readonly volumes: readonly string[];
  /** Content of an image by its name; undefined where the engine does not have it. */
  readonly imageId: (name: string) => string | undefined;
  /** Names of the variables that an image sets, by its content. */
  readonly imageVariables: (imageId: string) => ReadonlySet<string> | undefined;
}

/** A project as it was found, secrets and all, until they are taken out. */
export interface Look {
  /** What was found, without its secrets. */
  readonly conceal: (how: Concealment) => ObservedProject;
}

/**
 * Looks at what the engine has of a project. Needs its name only.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function lookAt(project: string, engine: Engine, signal?: AbortSignal): Promise<Look> {
  const docker = dockerFor(project, engine, signal);
  const [containers, images, allVolumes] = await allSettledOrThrow([
    observeContainers(project, engine, signal),
    docker("Looking at the images", [
      ...["image", "ls", "--no-trunc", "--digests", "--format", LOCAL_IMAGES_FORMAT],
    ]),
    listVolumes(engine, signal),
  ]);
  const byName = parseLocalImages(images);
  const known = new Set(byName.values());
  const used = [...new Set(containers.map(({ imageId }) => imageId))].filter((id) => known.has(id));
  const variables =
    used.length === 0
      ? new Map()
      : parseImageVariables(await docker("Looking at the images", ["image", "inspect", ...used]));
  const volumes = allVolumes.filter((one) => one.project === project && !one.isMarker);
  return {
    conceal: (how) => ({
      containers: containers.map((container) => concealContainer(container, how)),
      volumes: volumes.map(({ name }) => name),
      imageId: (name) => byName.get(imageKey(name)),
      imageVariables: (id) => variables.get(id),
    }),
  };
}

function observeContainers(
  project: string,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<ObservedContainer[]> {
  const docker = dockerFor(project, engine, signal);
  return lookUntilNoneGoes(MAX_LOOKS, async () => {
    const label = `label=com.docker.compose.project=${project}`;
    const listed = await docker("Looking at the containers", [
      ...["container", "ls", "--all", "--quiet", "--no-trunc", "--filter", label],
    ]);
    const ids = listed.split("\n").filter((id) => id !== "");
    return ids.length === 0
      ? []
      : parseObserved(await docker("Inspecting containers", ["container", "inspect", ...ids]));
  });
}

function dockerFor(project: string, engine: Engine, signal: AbortSignal | undefined) {
  return async (purpose: string, args: readonly string[]) => {
    const { stdout } = await callDocker({
      engine,
      purpose: `${purpose} of project ${project}`,
      args,
      cwd: NEUTRAL_FOLDER,
      timeoutMs: TIMEOUT_MS,
      signal,
      // An inspected container shows all of its variables.
      secretOutput: true,
      redact: redactUrls,
    });
    return stdout;
  };
}
