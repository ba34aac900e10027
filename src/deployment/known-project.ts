/** Checks that an engine knows a project, for commands that need only its name. */
import { listContainers, listVolumes } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import { didYouMean } from "../lago/catalogue/suggest.ts";
import { allSettledOrThrow } from "../process/async.ts";
import { cleanText } from "../text/clean.ts";
import { andMore } from "../text/list.ts";
import { zbl } from "../text/zbl.ts";
import type { ComposeProject } from "./project.ts";
import { type Remains, remainsOf } from "./remains.ts";

/** Most projects that an error lists. */
const MAX_PROJECTS = 20;

/**
 * Requires that an engine has containers or volumes of a project.
 *
 * @throws DeployError of kind `ProjectNotFound` that lists the projects that the engine has
 */
export async function requireProject(project: ComposeProject): Promise<Remains> {
  const remains = await remainsOf(project);
  if (remains.containers + remains.volumes === 0) {
    throw new DeployError("ProjectNotFound", await notFoundText(project));
  }
  return remains;
}

async function notFoundText(project: ComposeProject): Promise<string> {
  const { name, stack } = project;
  if (stack !== undefined) {
    return `Stack ${stack} is not deployed: the Docker engine has no project ${name}. To deploy the stack: ${upCommand(project)}`;
  }
  const names = await projectsOn(project);
  const others =
    names.length === 0
      ? "It has no projects at all."
      : `Its projects: ${andMore(names, MAX_PROJECTS)}.`;
  return `The Docker engine has no project ${name}${didYouMean(name, names) || "."} ${others} The first start of a stack makes its project: ${upCommand(project)}`;
}

/**
 * Requires that an engine has containers of a project.
 *
 * @throws DeployError of kind `ProjectNotFound`, or of kind `ServiceNotFound` where only the volumes
 *   of the project are left
 */
export async function requireContainers(project: ComposeProject): Promise<void> {
  const remains = await requireProject(project);
  if (remains.containers === 0) {
    throw new DeployError("ServiceNotFound", withoutContainers(project, remains));
  }
}

/** Tells of a project that has no containers, in sentences for a person. */
export function withoutContainers(
  project: ComposeProject,
  { volumes }: Pick<Remains, "volumes">,
): string {
  const kept = volumes === 1 ? "1 volume" : `${volumes} volumes`;
  return `Project ${project.name} has no containers. Its data is kept in ${kept}. To start it: ${upCommand(project)}`;
}

/** Formats the command that deploys a project: of its stack, or of the selected one. */
export function upCommand({ stack }: Pick<ComposeProject, "stack">): string {
  return zbl("up", ...(stack === undefined ? [] : [stack]));
}

/** Names of the compose projects that an engine has containers or volumes of, sorted. */
async function projectsOn(project: ComposeProject): Promise<string[]> {
  const call = project.callFor("Looking for projects");
  const [containers, volumes] = await allSettledOrThrow([listContainers(call), listVolumes(call)]);
  const names = [...containers, ...volumes].flatMap(({ Labels }) => Labels?.[PROJECT_LABEL] ?? []);
  return [...new Set(names.map(cleanText))].sort();
}
