/** Commands in the containers of a project. */

import { roleOfContainer } from "../compose/container-role.ts";
import { attachDocker } from "../docker/docker-streams.ts";
import { engineWords } from "../docker/endpoint-settings.ts";
import { projectContainers } from "../docker/engine-api.ts";
import { SERVICE_LABEL } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import { zbl } from "../text/zbl.ts";
import { requireContainers } from "./known-project.ts";
import type { ComposeProject } from "./project.ts";
import { serviceNotFound } from "./service-not-found.ts";
import type { ContainerStatus } from "./status.ts";

/** A command for a container, and how to run it. */
export interface ExecOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** User, as `NAME`, `ID` or `USER:GROUP`. Defaults to the image's. */
  readonly user?: string | undefined;
  /** Folder in the container. Defaults to the image's. */
  readonly workdir?: string | undefined;
  /** Whether the command gets a terminal. */
  readonly tty: boolean;
}

/**
 * Finds the running container for a command.
 *
 * @param index number of the container among several of the service, in the order of their names.
 *   Defaults to 1.
 * @throws DeployError of kind `ProjectNotFound`, `ServiceNotFound`, or of kind `NotReady` when the
 *   container does not run
 */
export async function runningContainer(
  project: ComposeProject,
  service: string,
  index = 1,
): Promise<ContainerStatus> {
  const { services, containers } = await project.status();
  const own = containers.filter((container) => container.service === service);
  const container = own[index - 1];
  if (containers.length === 0) {
    await requireContainers(project);
  }
  if (own.length === 0) {
    const names = services.map(([name]) => name);
    throw await serviceNotFound(project.name, service, names);
  }
  if (container === undefined) {
    throw new DeployError(
      "ServiceNotFound",
      `Service ${service} of project ${project.name} has ${own.length} containers, and none with number ${index}.`,
      { service },
    );
  }
  if (container.state !== "running") {
    const of = ["--project", project.name, ...engineWords(project.engine), service];
    const how = container.state === "exited" ? `ended with exit code ${container.exitCode}` : "";
    throw new DeployError(
      "NotReady",
      `Container ${container.name} does not run: it ${how || `is ${container.state}`}. To start it: \`${zbl("restart", ...of)}\`; \`${zbl("logs", ...of)}\` shows why it ended.`,
      { service },
    );
  }
  return container;
}

/**
 * Finds the running container with a role, whatever its service is called. Where no image or command
 * tells the role, the service of that name counts.
 *
 * @throws DeployError of the kinds that {@link runningContainer} throws
 */
export async function runningContainerWithRole(
  project: ComposeProject,
  role: "api" | "front",
): Promise<ContainerStatus> {
  const call = project.callFor(`Finding the ${role}`);
  const all = (await projectContainers(call, project.name)).filter(
    (one) => roleOfContainer(one) === role,
  );
  const found = all.find(({ State }) => State.Status === "running") ?? all[0];
  return await runningContainer(project, found?.Config.Labels?.[SERVICE_LABEL] ?? role);
}

/**
 * Runs a command in a container on the terminal of this process and returns its exit code. Codes
 * 125 to 127 come from docker itself, such as for a missing program. The command's output is shown
 * unchanged.
 *
 * @throws DeployError when docker cannot be started
 */
export function execIn(
  project: ComposeProject,
  container: ContainerStatus,
  { command, user, workdir, tty }: ExecOptions,
): Promise<number> {
  return attachDocker({
    ...project.callFor("Running a command"),
    args: [
      "exec",
      "--interactive",
      ...(tty ? ["--tty"] : []),
      ...(user === undefined ? [] : [`--user=${user}`]),
      ...(workdir === undefined ? [] : [`--workdir=${workdir}`]),
      container.id,
      ...command,
    ],
  });
}
