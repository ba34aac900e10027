/** Commands for a person who has to save data by hand. */
import {
  DEFAULT_ENGINE,
  dockerCommand,
  type Engine,
  engineOptions,
} from "../docker/endpoint-settings.ts";

/** A volume that is to come into being with the data of another one. */
export interface Copy {
  /** Name of the volume that has the data. */
  readonly from: string;
  /** Project, key and name of the volume that is to have it. */
  readonly project: string;
  readonly key: string;
  readonly to: string;
}

/** Stops a project and keeps its data: nothing may write while volumes are copied. */
export function stopCommand(project: string, engine: Engine = DEFAULT_ENGINE): string {
  return `\`z-billing-lago down --project ${project}${engineOptions(engine)}\``;
}

/** Makes a volume as compose would, so that it belongs to the project, and copies the data there. */
export function copyCommands({ from, project, key, to }: Copy): string {
  const copy = `docker run --rm --volume ${from}:/from:ro --volume ${to}:/to alpine cp -a /from/. /to`;
  return `\`${createCommand("docker", project, key, to)} && ${copy}\``;
}

/** A volume that is to go to another engine. */
export interface Move {
  readonly project: string;
  readonly key: string;
  /** Its name, here and there. */
  readonly volume: string;
  readonly from: Engine;
  readonly to: Engine;
}

/** The same from one engine to another. */
export function moveCommands({ project, key, volume, from, to }: Move): string {
  const read = `${dockerCommand(from)} run --rm --volume ${volume}:/from:ro alpine tar cf - -C /from .`;
  const write = `${dockerCommand(to)} run --rm --interactive --volume ${volume}:/to alpine tar xf - -C /to`;
  return `\`${createCommand(dockerCommand(to), project, key, volume)} && ${read} | ${write}\``;
}

function createCommand(docker: string, project: string, key: string, volume: string): string {
  const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.volume=${key}`];
  return `${docker} volume create ${labels.map((label) => `--label ${label}`).join(" ")} ${volume}`;
}
