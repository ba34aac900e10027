/**
 * Faults for which a preview refuses a deployment, each as a sentence that begins with its kind.
 */
import type { ComposeModel } from "../../compose/model.ts";
import { DEFAULT_ENGINE, type DockerEndpoint, engineOf } from "../../docker/endpoint-settings.ts";
import { requireAnswer } from "../../docker/engine-identity.ts";
import { DeployError } from "../../errors.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { PORT_VARIABLES } from "../../ports/claims.ts";
import { removalIssues } from "../../spec/spec.ts";
import type { DeploymentLocation } from "./host-faults.ts";
import type { Permission } from "./permission.ts";
import { invalid } from "./refusal-text.ts";
import { renameFaults } from "./rename-faults.ts";

/** Permissions and requests of the program that would be a mistake by default. */
export interface OptIns {
  /** Name of the project whose volumes are removed with the deployment. */
  readonly removeVolumesOnDestroy?: string | boolean;
  /** Name of the project that may be abandoned when `projectName` changes. */
  readonly allowProjectRename?: string;
  /** Name of the engine that may be abandoned when another one is chosen. */
  readonly allowHostChange?: string;
}

/** Reasons why a project cannot have this name. Empty for a valid name. */
export async function nameFaults(
  old: DeploymentLocation | undefined,
  projectName: string,
  permission: Permission,
): Promise<string[]> {
  const fault = projectNameFault(projectName);
  if (fault !== undefined) {
    return [`InvalidProjectName: projectName: ${fault}`];
  }
  const engine = old === undefined ? DEFAULT_ENGINE : engineOf(old);
  return await renameFaults(old?.projectName, projectName, permission, engine);
}

/**
 * Reasons why the volumes of a project cannot be removed with the deployment. Does not judge an
 * invalid project name again.
 */
export function removalFaults(
  projectName: string,
  removeVolumesOnDestroy: OptIns["removeVolumesOnDestroy"],
): string[] {
  return projectNameFault(projectName) === undefined
    ? invalid(removalIssues({ projectName, removeVolumesOnDestroy }))
    : [];
}

/** Reasons why the chosen engine cannot be used. */
export async function engineReasons(engine: DockerEndpoint): Promise<string[]> {
  try {
    await requireAnswer(engine);
    return [];
  } catch (error) {
    return reasonsOf(error);
  }
}

/**
 * Faults of variables: those that the files require, and those that a setting replaces.
 *
 * @param isAdopted whether the files alone say how api and front are published
 */
export function variableFaults(
  model: ComposeModel,
  names: readonly string[],
  isAdopted = false,
): string[] {
  const missing = model.requiredVariables
    .filter(({ name }) => !names.includes(name))
    .map(({ name, message }) => `InvalidConfig: environment.${name}: ${message}`);
  const twice = Object.entries(PORT_VARIABLES)
    .filter(([name]) => names.includes(name) && !isAdopted)
    .map(([name, field]) => `InvalidConfig: environment.${name}: set ${field} instead`);
  return [...missing, ...twice];
}

/** Lists the faults in an error of this package. Throws other errors again. */
export function reasonsOf(error: unknown): string[] {
  if (!DeployError.isDeployError(error)) {
    throw error;
  }
  return error.issues.length > 0
    ? error.issues.map(({ field, message }) => `${error.kind}: ${field}: ${message}`)
    : [`${error.kind}: ${error.message}`];
}
