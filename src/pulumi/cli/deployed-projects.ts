/** Deployments of Lago in the state of a stack. */
import { z } from "zod";
import { DEFAULT_ENGINE, type DockerEndpoint, engineOf } from "../../docker/endpoint-settings.ts";
import { PROJECT_TYPE, STATUS_TYPE } from "./resource-types.ts";
import type { StackOptions } from "./run.ts";
import { readStackState, type StateResource } from "./stack-state.ts";

/** A deployment of a stack: its compose project and the engine that runs the project. */
export interface DeployedProject {
  readonly projectName: string;
  readonly engine: DockerEndpoint;
  /** Services that the last deploy declared; undefined before the first complete one. */
  readonly services?: readonly string[] | undefined;
}

/** Inputs of the resource that observes a deployment. */
const statusSchema = z.object({
  inputs: z.object({ projectName: z.string(), declared: z.array(z.string()) }),
});

const resourceSchema = z.object({ id: z.string(), outputs: z.unknown().optional() });

/** Outputs with the project's name and engine. The id stays the project's first name. */
const outputsSchema = z.object({
  spec: z.object({
    projectName: z.string(),
    dockerHost: z.string().optional(),
    dockerContext: z.string().optional(),
    dockerCertPath: z.string().optional(),
  }),
});

/**
 * Reads the deployments in a stack's state; empty before the first deploy and after a destroy.
 *
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `ParseError`
 */
export async function deployedProjects(options: StackOptions): Promise<DeployedProject[]> {
  return projectsIn(await readStackState(options));
}

/** Reads the compose project and the engine of the resource of a project. */
export function projectAddress({
  id = "",
  outputs,
}: {
  readonly id?: string | undefined;
  readonly outputs?: unknown;
}): Pick<DeployedProject, "projectName" | "engine"> {
  const spec = outputsSchema.safeParse(outputs).data?.spec;
  return {
    projectName: spec?.projectName ?? id,
    engine: spec === undefined ? DEFAULT_ENGINE : engineOf(spec),
  };
}

/** Selects the deployments among the resources of a state. Pure. */
export function projectsIn(resources: readonly StateResource[]): DeployedProject[] {
  const observed = resources
    .filter(({ type }) => type === STATUS_TYPE)
    .flatMap((resource) => statusSchema.safeParse(resource).data?.inputs ?? []);
  const declared = new Map(observed.map((one) => [one.projectName, one.declared]));
  return resources
    .filter(({ type }) => type === PROJECT_TYPE)
    .flatMap((resource) => resourceSchema.safeParse(resource).data ?? [])
    .map((resource) => {
      const address = projectAddress(resource);
      return { ...address, services: declared.get(address.projectName) };
    });
}
