/** What a preview refuses a deployment for, each as a sentence that begins with the kind of the fault. */
import type { ComposeModel } from "../compose/model.ts";
import { projectNameFault } from "../config/project-name.ts";
import { DeployError } from "../errors.ts";
import { PORT_VARIABLES } from "../ports/claims.ts";
import { hasUnknown } from "./wire.ts";

/** A renamed project is a new one beside the old: with no data, and the old one left running. */
export function nameFaults(oldName: string | undefined, newName: string): string[] {
  const fault = projectNameFault(newName);
  if (fault !== undefined) {
    return [`InvalidProjectName: projectName: ${fault}`];
  }
  if (oldName === undefined || oldName === newName || hasUnknown(oldName)) {
    return [];
  }
  return [
    `InvalidProjectName: projectName: it cannot change from "${oldName}" to "${newName}": containers and data of "${oldName}" would be left behind. Set it back, or run \`pulumi destroy\` first (volumes are kept) and move the data.`,
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
