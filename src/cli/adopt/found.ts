/** A deployment of plain compose as the engine has it. */
import { roleOfContainer } from "../../compose/container-role.ts";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { listAndInspect, listContainers, listVolumes } from "../../docker/engine-api.ts";
import type { EngineContainer } from "../../docker/engine-container.ts";
import { isOfService, PROJECT_LABEL, SERVICE_LABEL } from "../../docker/labels.ts";
import { type ComposeProjectOnEngine, composeProjects } from "../../observe/compose-projects.ts";
import { type FoundVolume, foundVolumeOf } from "../../observe/found-volumes.ts";
import { allSettledOrThrow } from "../../process/async.ts";

/** A compose project on an engine, and the others there. Holds secrets. */
export interface FoundDeployment {
  readonly name: string;
  /** Undefined for a project without containers. */
  readonly project: ComposeProjectOnEngine | undefined;
  /** All compose projects with containers. */
  readonly projects: readonly ComposeProjectOnEngine[];
  /** Containers of the project's services. */
  readonly containers: readonly EngineContainer[];
  /** Volumes of the project. */
  readonly volumes: readonly FoundVolume[];
}

/**
 * Looks for a compose project.
 *
 * @throws DeployError of the kind that docker's failure tells
 */
export async function findDeployment(
  name: string,
  engine: DockerEndpoint,
  signal: AbortSignal,
): Promise<FoundDeployment> {
  const call = { engine, purpose: `Looking for project ${name}`, signal };
  const [{ listed, containers }, volumes] = await allSettledOrThrow([
    listAndInspect(
      call,
      () => listContainers(call),
      ({ Labels }) => Labels?.[PROJECT_LABEL] === name && isOfService({ labels: Labels }),
    ),
    listVolumes(call),
  ]);
  const projects = composeProjects(listed);
  const project = projects.find((one) => one.name === name);
  return {
    name,
    project: project && withRolesOf(containers, project),
    projects,
    containers,
    volumes: volumes.map(foundVolumeOf).filter(({ project }) => project === name),
  };
}

/** Adds roles that only an inspected container tells, as by its health check. */
function withRolesOf(
  containers: readonly EngineContainer[],
  project: ComposeProjectOnEngine,
): ComposeProjectOnEngine {
  const seen = new Map(
    containers.map((one) => [one.Config.Labels?.[SERVICE_LABEL], roleOfContainer(one)]),
  );
  const services = project.services.map((one) => ({
    ...one,
    role: seen.get(one.name) ?? one.role,
  }));
  return { ...project, services };
}
