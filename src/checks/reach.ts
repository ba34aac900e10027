/** Services that read a variable, and services that receive it. */

import { nameInside } from "../compose/roles.ts";
import type { ServiceDetails } from "../compose/service-details.ts";
import type { LagoVariable, Role } from "../lago/catalogue/types.ts";

/** A service as its file has it, and its role. */
export interface WrittenService extends ServiceDetails {
  readonly role: Role | undefined;
}

/** Lists the services that read a variable. */
export function readers(
  variable: LagoVariable,
  services: readonly WrittenService[],
): WrittenService[] {
  return services.filter(({ role }) => {
    return role !== undefined && role !== "compose" && variable.roles.includes(role);
  });
}

/**
 * Lists the services whose environment receives the variable's value from the files as they are.
 */
export function receivers(
  variable: LagoVariable,
  services: readonly WrittenService[],
): WrittenService[] {
  const reference = new RegExp(`\\$\\{?${variable.name}(?![A-Z0-9_])`);
  return readers(variable, services).filter((service) => {
    const { environment, fromEnvFiles = [], role } = service;
    const name = nameInside(variable, role);
    if (fromEnvFiles.includes(name)) {
      return true;
    }
    const inside = environment[name];
    const built = variable.partOf === undefined ? undefined : environment[variable.partOf];
    return [inside, built].some((text) => text !== undefined && reference.test(text));
  });
}
