import { DeployError } from "../errors.ts";

/**
 * Makes the error for a service that a project does not have.
 *
 * @param names names of the project's services
 */
export function serviceNotFound(
  project: string,
  service: string,
  names: readonly string[],
): DeployError {
  return new DeployError(
    "ServiceNotFound",
    `Project ${project} has no service ${service}; it has ${names.join(", ") || "none"}.`,
    { service },
  );
}
