/** Commands that a person runs to save data by hand. */

import {
  DEFAULT_ENGINE,
  type DockerEndpoint,
  dockerCommand,
  engineWords,
} from "../docker/endpoint-settings.ts";
import { zbl } from "../text/zbl.ts";

/** A copy of a volume's data to a new volume. */
export interface Copy {
  /** Name of the volume that has the data. */
  readonly from: string;
  /** Project, key and name of the volume that receives the data. */
  readonly project: string;
  readonly key: string;
  readonly to: string;
}

/**
 * Formats the command that stops a project and keeps its data, since nothing may write while
 * volumes are copied.
 */
export function stopCommand(project: string, engine: DockerEndpoint = DEFAULT_ENGINE): string {
  return `\`${zbl("down", "--project", project, ...engineWords(engine))}\``;
}

/**
 * Formats the commands that make a volume as compose would, as a part of the project, and copy the
 * data to the new volume.
 */
export function copyCommands({ from, project, key, to }: Copy): string {
  const copy = `docker run --rm --volume ${from}:/from:ro --volume ${to}:/to alpine cp -a /from/. /to`;
  return `\`${createCommand("docker", project, key, to)} && ${copy}\``;
}

/** A move of a volume to another engine. */
export interface Move {
  readonly project: string;
  readonly key: string;
  /** Name of the volume on both engines. */
  readonly volume: string;
  readonly from: DockerEndpoint;
  readonly to: DockerEndpoint;
}

/** Formats the commands that copy a volume's data from one engine to another. */
export function moveCommands({ project, key, volume, from, to }: Move): string {
  const read = `${dockerCommand(from)} run --rm --volume ${volume}:/from:ro alpine tar cf - -C /from .`;
  const write = `${dockerCommand(to)} run --rm --interactive --volume ${volume}:/to alpine tar xf - -C /to`;
  return `\`${createCommand(dockerCommand(to), project, key, volume)} && ${read} | ${write}\``;
}

function createCommand(docker: string, project: string, key: string, volume: string): string {
  const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.volume=${key}`];
  return `${docker} volume create ${labels.map((label) => `--label ${label}`).join(" ")} ${volume}`;
}
