/** Which services a variable reaches, and which ones it has to be passed on to. */

import { variableByName } from "../catalogue/index.ts";
import { BACKEND, type LagoVariable } from "../catalogue/types.ts";
import { roleOf, type ServiceDetails } from "./details.ts";

/** The services that read a variable. */
export function readers(
  variable: LagoVariable,
  services: readonly ServiceDetails[],
): ServiceDetails[] {
  return services.filter((service) => {
    const role = roleOf(service);
    return role !== undefined && role !== "compose" && variable.roles.includes(role);
  });
}

/** The services in whose environment a value of the variable arrives as the files are. */
export function receivers(
  variable: LagoVariable,
  services: readonly ServiceDetails[],
): ServiceDetails[] {
  const reference = new RegExp(`\\$\\{?${variable.name}(?![A-Z0-9_])`);
  return readers(variable, services).filter((service) => {
    const { environment } = service;
    const inside = environment[nameInside(variable, service)];
    const built = variable.partOf === undefined ? undefined : environment[variable.partOf];
    return [inside, built].some((text) => text !== undefined && reference.test(text));
  });
}

/** The name of a variable inside a service's container. */
export function nameInside({ name, as }: LagoVariable, service: ServiceDetails): string {
  const role = roleOf(service);
  return (role && as?.[role]) ?? name;
}

/** What an override has to add for variables to take effect. */
export interface PassedOn {
  /** By service: the name inside its container, and the variable whose value belongs there. */
  readonly environment: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Variables that no service of these files can take: setting them would have no effect. */
  readonly unreachable: readonly string[];
}

/**
 * What an override has to add to the services so that the given variables reach everything that
 * reads them. Names that the catalogue does not have go to every back-end service under their own
 * name, unless the files refer to them.
 *
 * @param names variables that are set
 * @param referenced variables that the files refer to anywhere
 */
export function passOn(
  names: readonly string[],
  services: readonly ServiceDetails[],
  referenced: readonly string[],
): PassedOn {
  const environment: Record<string, Record<string, string>> = {};
  const unreachable: string[] = [];
  for (const name of names) {
    const variable = variableByName(name);
    // The seed's key under Lago's own name goes before this package's name for it.
    const isShadowed =
      variable?.as?.migrate !== undefined && names.includes(variable.instead ?? "");
    const targets = isShadowed ? [] : missed(name, variable, services, referenced);
    for (const service of targets) {
      environment[service.name] ??= {};
      const inside = variable === undefined ? name : nameInside(variable, service);
      (environment[service.name] as Record<string, string>)[inside] = name;
    }
    const reached = variable === undefined ? [] : receivers(variable, services);
    const arrives = [...targets, ...reached].length > 0 || referenced.includes(name) || isShadowed;
    if (!arrives || variable?.effect === "never") {
      unreachable.push(name);
    }
  }
  return { environment, unreachable };
}

function missed(
  name: string,
  variable: LagoVariable | undefined,
  services: readonly ServiceDetails[],
  referenced: readonly string[],
): ServiceDetails[] {
  if (variable === undefined) {
    const backends: readonly (string | undefined)[] = BACKEND;
    return referenced.includes(name)
      ? []
      : services.filter((service) => backends.includes(roleOf(service)));
  }
  // A part of a URL is of no use by itself.
  if (variable.effect === "never" || variable.partOf !== undefined) {
    return [];
  }
  const reached = receivers(variable, services);
  return readers(variable, services).filter((service) => !reached.includes(service));
}
