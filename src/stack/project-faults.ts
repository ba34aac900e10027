/** What a preview refuses a deployment for, each as a sentence that begins with the kind of the fault. */
import type { ComposeModel } from "../compose/model.ts";
import { projectNameFault } from "../config/project-name.ts";
import { removalIssues } from "../deployment/spec.ts";
import { DeployError } from "../errors.ts";
import { PORT_VARIABLES } from "../ports/claims.ts";
import { renameFaults } from "./project-rename.ts";

/** What the program allows, or wishes, that would be a mistake by default. */
export interface OptIns {
  /** Name of the project, to have its volumes removed at its end. */
  readonly removeVolumesOnDestroy?: string | boolean;
  /** Name of the project that may be left behind when `projectName` changes. */
  readonly allowProjectRename?: string;
}

/** What is wrong with the project's name, or with what depends on it. */
export async function nameFaults(
  oldName: string | undefined,
  projectName: string,
  { removeVolumesOnDestroy, allowProjectRename }: OptIns = {},
): Promise<string[]> {
  const fault = projectNameFault(projectName);
  if (fault !== undefined) {
    return [`InvalidProjectName: projectName: ${fault}`];
  }
  const removal = removalIssues({ projectName, removeVolumesOnDestroy });
  return [
    ...(await renameFaults(oldName, projectName, allowProjectRename)),
    ...removal.map(({ field, message }) => `InvalidConfig: ${field}: ${message}`),
  ];
}

/** Variables that the files cannot do without, and those that a setting stands for. */
export function variableFaults(model: ComposeModel, names: readonly string[]): string[] {
  const missing = model.requiredVariables
    .filter(({ name }) => !names.includes(name))
    .map(({ name, message }) => `InvalidConfig: environment.${name}: ${message}`);
  const twice = Object.entries(PORT_VARIABLES)
    .filter(([name]) => names.includes(name))
    .map(([name, field]) => `InvalidConfig: environment.${name}: set ${field} instead`);
  return [...missing, ...twice];
}

/** The faults that an error tells of. An error that is none of ours is thrown again. */
export function reasonsOf(error: unknown): string[] {
  if (!DeployError.isDeployError(error)) {
    throw error;
  }
  return error.issues.length > 0
    ? error.issues.map(({ field, message }) => `${error.kind}: ${field}: ${message}`)
    : [`${error.kind}: ${error.message}`];
}
