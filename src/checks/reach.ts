/** Services that read a variable, and services that receive it. */

import { nameInside, roleOf } from "../compose/roles.ts";
import type { ServiceDetails } from "../compose/service-details.ts";
import type { LagoVariable } from "../lago/catalogue/types.ts";

/** Lists the services that read a variable. */
export function readers(
  variable: LagoVariable,
  services: readonly ServiceDetails[],
): ServiceDetails[] {
  return services.filter((service) => {
    const role = roleOf(service);
    return role !== undefined && role !== "compose" && variable.roles.includes(role);
  });
}

/**
 * Lists the services whose environment receives the variable's value from the files as they are.
 */
export function receivers(
  variable: LagoVariable,
  services: readonly ServiceDetails[],
): ServiceDetails[] {
  const reference = new RegExp(`\\$\\{?${variable.name}(?![A-Z0-9_])`);
  return readers(variable, services).filter((service) => {
    const { environment, fromEnvFiles = [] } = service;
    const name = nameInside(variable, roleOf(service));
    if (fromEnvFiles.includes(name)) {
      return true;
    }
    const inside = environment[name];
    const built = variable.partOf === undefined ? undefined : environment[variable.partOf];
    return [inside, built].some((text) => text !== undefined && reference.test(text));
  });
}
