import { type Concealment, concealContainer } from "./conceal.ts";
import { type ObservedContainer, observedContainers } from "./containers.ts";
import type { EngineImages } from "./images.ts";
import type { Snapshot } from "./snapshot.ts";

/** A project on an engine, without secrets. */
export interface ObservedProject {
  readonly containers: readonly ObservedContainer[];
  /** Names of the project's volumes that hold data. */
  readonly volumes: readonly string[];
  /** Content of an image by its name; undefined where the engine does not have it. */
  readonly imageId: EngineImages["idOf"];
  /** Names of the variables that an image sets, by its content. */
  readonly imageVariables: EngineImages["variablesOf"];
}

/** Selects the project of a snapshot, without its secrets. */
export function observedProject(
  { project, containers, volumes, images }: Snapshot,
  how: Concealment,
): ObservedProject {
  const own = volumes.filter((volume) => volume.project === project && !volume.holdsFingerprints);
  return {
    containers: observedContainers(containers).map((container) => concealContainer(container, how)),
    volumes: own.map(({ name }) => name),
    imageId: images.idOf,
    imageVariables: images.variablesOf,
  };
}
