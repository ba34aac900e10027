/** Finds the service at which compose gave up, by what compose printed. Pure. */
import { interpolate } from "../compose/interpolate.ts";
import type { ServiceModel } from "../compose/model.ts";
import { mountsOf, type VolumeModel } from "../compose/volumes.ts";
import { unfinishedContainers, withoutProgress } from "../docker/compose-progress.ts";
import { fieldsOf, textOf } from "../text/coerce.ts";

/** The project whose start failed. */
export interface StartedProject {
  readonly name: string;
  readonly services: readonly ServiceModel[];
  readonly volumes: readonly VolumeModel[];
  /** Values of the variables in the files. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Service that a failed start names: by its container, or by a mount, volume or driver of the
 * service. Undefined where the output leaves open which one of several services is meant.
 *
 * @param output compose's progress and messages
 */
export function serviceAtFault(output: string, project: StartedProject): string | undefined {
  const words = withoutProgress(output);
  const byContainer = ({ name, containerName }: ServiceModel, text: (made: string) => boolean) =>
    text(containerName ?? "") || text(`${project.name}-${name}-1`);
  const told = project.services.filter((service) =>
    byContainer(service, (name) => name !== "" && names(words, name)),
  );
  if (told.length === 1) {
    return told[0]?.name;
  }
  const unfinished = unfinishedContainers(output);
  const candidates = project.services.filter((service) =>
    byContainer(service, (name) => unfinished.includes(name)),
  );
  if (candidates.length === 1) {
    return candidates[0]?.name;
  }
  const possible = candidates.length === 0 ? project.services : candidates;
  const meant = possible.filter((service) =>
    subjectsOf(service, project).some((subject) => names(words, subject)),
  );
  return meant.length === 1 ? meant[0]?.name : undefined;
}

/** Whether a text holds a name or path that does not go on before or behind. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + name.length] ?? " "}`;
    if (!/[\w-]/.test(around)) {
      return true;
    }
  }
  return false;
}

/** Things outside a container that docker may name when it cannot make or start the container. */
function subjectsOf(
  { definition }: ServiceModel,
  { volumes, environment }: StartedProject,
): string[] {
  const mounts = mountsOf(definition).flatMap(({ source }) => {
    const volume = volumes.find(({ key }) => key === source);
    return volume === undefined
      ? [source]
      : [
          volume.name,
          volume.options.device ?? "",
          ...(volume.driver === "local" ? [] : [volume.driver]),
        ];
  });
  const logging = textOf(fieldsOf(definition.logging).driver);
  return [...mounts, logging, textOf(definition.runtime)]
    .map((text) => interpolate(text, environment))
    .filter((text) => text !== "");
}
