/** Commands in the containers of a project. */
import { attachDocker } from "../docker/docker-streams.ts";
import { DeployError } from "../errors.ts";
import type { ComposeProject } from "./project.ts";
import { serviceNotFound } from "./service-not-found.ts";
import type { ContainerStatus } from "./status.ts";

/** What is run, and how. */
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
 * The running container that a command is meant for.
 *
 * @param index which of several of the service, in the order of their names. Defaults to 1.
 * @throws DeployError of kind `ServiceNotFound`, or of kind `NotReady` when it does not run
 */
export async function runningContainer(
  project: ComposeProject,
  service: string,
  index = 1,
): Promise<ContainerStatus> {
  const { services, containers } = await project.status();
  const own = containers.filter((container) => container.service === service);
  const container = own[index - 1];
  if (own.length === 0) {
    const names = services.map(([name]) => name);
    throw serviceNotFound(project.name, service, names);
  }
  if (container === undefined) {
    throw new DeployError(
      "ServiceNotFound",
      `Service ${service} of project ${project.name} has ${own.length} containers, and none with number ${index}.`,
      { service },
    );
  }
  if (container.state !== "running") {
    const how = container.state === "exited" ? `ended with exit code ${container.exitCode}` : "";
    throw new DeployError(
      "NotReady",
      `Container ${container.name} does not run: it ${how || `is ${container.state}`}. Start it with \`z-billing-lago up\`; \`z-billing-lago logs\` shows why it ended.`,
      { service },
    );
  }
  return container;
}

/**
 * Runs a command in a container on the terminal of this process and returns its exit code; 125 to 127
 * are docker's own, as where there is no such program. What it prints is shown as it is.
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
