import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { inspectImage, listImages, listVolumes, projectContainers } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { type Concealment, concealContainer } from "./conceal.ts";
import { type ObservedContainer, parseObserved } from "./containers.ts";
import { foundVolumeOf } from "./found-volumes.ts";
import { imageKey, imagesByName, imageVariables } from "./images.ts";

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

/** An observed project with its secrets, until {@link ProjectSnapshot.conceal} removes them. */
export interface ProjectSnapshot {
  /** Returns the observed project without its secrets. */
  readonly conceal: (how: Concealment) => ObservedProject;
}

/**
 * Looks at a project on an engine. Needs the project's name only.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function takeSnapshot(
  project: string,
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<ProjectSnapshot> {
  const call = (purpose: string) => ({
    engine,
    purpose: `${purpose} of project ${project}`,
    signal,
  });
  const images = call("Looking at the images");
  const [inspected, listed, allVolumes] = await allSettledOrThrow([
    projectContainers(call("Inspecting containers"), project),
    listImages(images),
    listVolumes(call("Reading the volumes"), `${PROJECT_LABEL}=${project}`),
  ]);
  const containers = parseObserved(inspected);
  const known = new Set(listed.map(({ Id }) => Id));
  const used = [...new Set(containers.map(({ imageId }) => imageId))].filter((id) => known.has(id));
  const details = await allSettledOrThrow(used.map((id) => inspectImage(images, id)));
  const variables = imageVariables(details.filter((image) => image !== undefined));
  const byName = imagesByName(listed);
  const volumes = allVolumes.map(foundVolumeOf).filter(({ isMarker }) => !isMarker);
  return {
    conceal: (how) => ({
      containers: containers.map((container) => concealContainer(container, how)),
      volumes: volumes.map(({ name }) => name),
      imageId: (name) => byName.get(imageKey(name)),
      imageVariables: (id) => variables.get(id),
    }),
  };
}
