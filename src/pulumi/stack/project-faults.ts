/** What a preview refuses a deployment for, each as a sentence that begins with the kind of the fault. */
import type { ComposeModel } from "../../compose/model.ts";
import { requireAnswer } from "../../docker/answer.ts";
import { DEFAULT_ENGINE, type Engine, engineOf } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, DeployError } from "../../errors.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { PORT_VARIABLES } from "../../ports/claims.ts";
import { removalIssues } from "../../spec/spec.ts";
import type { Placed } from "./project-host.ts";
import { renameFaults } from "./project-rename.ts";

/** What the program allows, or wishes, that would be a mistake by default. */
export interface OptIns {
  /** Name of the project, to have its volumes removed at its end. */
  readonly removeVolumesOnDestroy?: string | boolean;
  /** Name of the project that may be left behind when `projectName` changes. */
  readonly allowProjectRename?: string;
  /** Name of the engine that may be left behind when another one is chosen. */
  readonly allowHostChange?: string;
}

/** What is wrong with the project's name, or with what depends on it. */
export async function nameFaults(
  old: Placed | undefined,
  projectName: string,
  { removeVolumesOnDestroy, allowProjectRename }: OptIns = {},
): Promise<string[]> {
  const fault = projectNameFault(projectName);
  if (fault !== undefined) {
    return [`InvalidProjectName: projectName: ${fault}`];
  }
  const engine = old === undefined ? DEFAULT_ENGINE : engineOf(old);
  const removal = removalIssues({ projectName, removeVolumesOnDestroy });
  return [
    ...(await renameFaults(old?.projectName, projectName, allowProjectRename, engine)),
    ...invalid(removal),
  ];
}

/** Why the engine that was chosen cannot be spoken to. */
export async function engineReasons(engine: Engine): Promise<string[]> {
  try {
    await requireAnswer(engine);
    return [];
  } catch (error) {
    return reasonsOf(error);
  }
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

/** Faults of settings, as sentences. */
export function invalid(issues: readonly ConfigIssue[]): string[] {
  return issues.map(({ field, message }) => `InvalidConfig: ${field}: ${message}`);
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
