import { DeployError } from "../errors.ts";

/**
 * Says that a project has no such service.
 *
 * @param names the services that it has
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
