import { isLocalEngine } from "../docker/endpoint.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import {
  inspectImage,
  type ListedAndInspected,
  type ListedContainer,
  listAndInspect,
  listContainers,
  listImages,
  listNetworks,
  listVolumes,
} from "../docker/engine-api.ts";
import type { EngineContainer } from "../docker/engine-container.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { type ComposeProjectOnEngine, composeProjects } from "./compose-projects.ts";
import { imageIdsOf } from "./containers.ts";
import { type FoundVolume, foundVolumeOf } from "./found-volumes.ts";
import { type HostContainer, hostContainerOf } from "./host-containers.ts";
import { type HostNetwork, hostNetworkOf } from "./host-networks.ts";
import { type EngineImages, engineImages } from "./images.ts";

/** An engine at one moment, as far as it matters for the judgement of one project. Holds secrets. */
export interface Snapshot {
  /** The compose project that was looked at. */
  readonly project: string;
  /** Whether the engine runs on this machine, so that this machine's ports are its ports. */
  readonly isLocal: boolean;
  /** Containers of the project, running or not, with all that the engine knows of them. */
  readonly containers: readonly EngineContainer[];
  /** All containers of the engine, running or not. */
  readonly hostContainers: readonly HostContainer[];
  /** Compose projects with containers on the engine. */
  readonly projects: readonly ComposeProjectOnEngine[];
  /** All volumes of the engine. */
  readonly volumes: readonly FoundVolume[];
  /** All networks of the engine. */
  readonly networks: readonly HostNetwork[];
  readonly images: EngineImages;
}

/**
 * Looks at an engine once, for everything that a deployment is judged by. Needs the project's name
 * only, and changes nothing.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function takeSnapshot(
  project: string,
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const call = (purpose: string) => ({ engine, purpose, signal });
  const images = call(`Looking at the images of project ${project}`);
  const [isLocal, { listed, containers }, volumes, networks, listedImages] =
    await allSettledOrThrow([
      isLocalEngine(engine, signal),
      lookAtContainers(project, call("Looking at the host's containers")),
      listVolumes(call("Looking at the engine's volumes")),
      listNetworks(call("Looking at the host's networks")),
      listImages(images),
    ]);
  const known = new Set(listedImages.map(({ Id }) => Id));
  const used = new Set(containers.flatMap(imageIdsOf).filter((id) => known.has(id)));
  const details = await allSettledOrThrow([...used].map((id) => inspectImage(images, id)));
  return {
    project,
    isLocal,
    containers,
    hostContainers: listed.map(hostContainerOf),
    projects: composeProjects(listed),
    volumes: volumes.map(foundVolumeOf),
    networks: networks.map(hostNetworkOf),
    images: engineImages(
      listedImages,
      details.filter((image) => image !== undefined),
    ),
  };
}

/** Lists all containers, and inspects those of the project. */
function lookAtContainers(project: string, call: EngineCall): Promise<ListedAndInspected> {
  const list = () => listContainers(call);
  return listAndInspect(call, list, (container) => isOf(project, container));
}

function isOf(project: string, { Labels }: ListedContainer): boolean {
  return Labels?.[PROJECT_LABEL] === project;
}
