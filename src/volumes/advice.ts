/** Commands for a person who has to save data by hand. */

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
export function stopCommand(project: string): string {
  return `\`z-billing-lago down --project ${project}\``;
}

/** Makes a volume as compose would, so that it belongs to the project, and copies the data there. */
export function copyCommands({ from, project, key, to }: Copy): string {
  const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.volume=${key}`];
  const create = `docker volume create ${labels.map((label) => `--label ${label}`).join(" ")} ${to}`;
  const copy = `docker run --rm --volume ${from}:/from:ro --volume ${to}:/to alpine cp -a /from/. /to`;
  return `\`${create} && ${copy}\``;
}
