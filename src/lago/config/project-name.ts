import { DeployError } from "../../errors.ts";

/** Compose's rule for project names. */
const PROJECT_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** Explains why a project name is invalid; undefined for a valid name. */
export function projectNameFault(name: string): string | undefined {
  if (PROJECT_NAME.test(name)) {
    return undefined;
  }
  return `"${name}" is no compose project name: use lower-case letters, digits, - and _, and begin with a letter or digit`;
}

/** @throws DeployError of kind `InvalidProjectName` */
export function requireProjectName(name: string): string {
  const fault = projectNameFault(name);
  if (fault !== undefined) {
    throw new DeployError("InvalidProjectName", `The project name ${fault}.`);
  }
  return name;
}

/** Project name that compose itself derives from a folder: the folder's name, normalized. */
export function projectNameOfFolder(folderName: string): string {
  return (
    folderName
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, "")
      .replace(/^[_-]+/, "") || "lago"
  );
}

/** Name of a Pulumi stack without organization and project. */
export function shortStackName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

/** Project name of a stack whose settings give none. */
export function projectNameOfStack(stack: string): string {
  return `lago-${shortStackName(stack)}`;
}
