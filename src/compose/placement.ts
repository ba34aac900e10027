import { variableByName } from "../lago/catalogue/index.ts";
import type { LagoVariable, Role } from "../lago/catalogue/types.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { buildsDatabaseUrl, givesItself, leadsToSameDatabase } from "./own-values.ts";
import { isBackend, nameInside } from "./roles.ts";
import { bundledHosts } from "./service-roles.ts";

/**
 * Returns the variables that the override adds to a service's environment, so that each given
 * variable reaches every service that reads it, as `NAME in the container` to `${NAME}`.
 *
 * Variables that the files already pass on are left out. A name that the catalogue does not know
 * goes to the back-end services, unless the files refer to it.
 *
 * @param unchosen names of the variables whose values nobody chose. They are added only where the files
 *   give none. Defaults to none
 * @param values values of the variables in the files. Defaults to none
 */
export function missingVariables(
  service: ServiceModel,
  model: ComposeModel,
  names: readonly string[],
  unchosen: ReadonlySet<string> = new Set(),
  values: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { role } = service;
  // Only Lago's `deploy` files have proxies, and they pass on everything that a proxy reads.
  if (role === undefined || role === "proxy" || role === "pdf") {
    return {};
  }
  const missing = names.flatMap((name): [string, string][] => {
    const variable = variableByName(name);
    if (variable === undefined) {
      const known = model.variables.includes(name) || role === "front" || !isBackend(role);
      return known ? [] : [[name, reference(name)]];
    }
    const inside = nameToAdd(variable, role);
    const isKept =
      inside !== undefined &&
      unchosen.has(name) &&
      (keepsOwn(service, model, inside) ||
        (inside === "DATABASE_URL" && leadsToSameDatabase(service, values)));
    return inside === undefined || isKept || handsOn(service, inside, name)
      ? []
      : [[inside, reference(name)]];
  });
  return Object.fromEntries(missing);
}

/** Whether the value that the files give a service counts more than one that nobody chose. */
function keepsOwn(service: ServiceModel, model: ComposeModel, inside: string): boolean {
  const isBuilt =
    inside === "DATABASE_URL" && buildsDatabaseUrl(service, bundledHosts(model).database);
  return givesItself(service, inside) && !isBuilt;
}

function nameToAdd(variable: LagoVariable, role: Role): string | undefined {
  const { roles, partOf, effect, scope } = variable;
  if (!roles.includes(role) || effect === "never" || scope === "deploy-files") {
    return undefined;
  }
  // For the back end, setting a part of a URL counts as setting the URL, which is built from its
  // parts. The database reads the parts themselves.
  if (partOf !== undefined && isBackend(role)) {
    return undefined;
  }
  return nameInside(variable, role);
}

/** Whether the files set the variable `inside` of the service from the variable `name`. */
function handsOn(service: ServiceModel, inside: string, name: string): boolean {
  const environment = service.definition.environment as Record<string, unknown> | undefined;
  const value = environment?.[inside];
  return typeof value === "string" && new RegExp(`^\\$\\{?${name}\\b`).test(value);
}

/**
 * Reference to a variable. `:-` keeps compose from warning about a variable that is empty on
 * purpose.
 */
function reference(name: string): string {
  return `\${${name}:-}`;
}

/**
 * Names of variables that some service which reads them gets from the files themselves.
 *
 * @param names names of the variables in question
 */
export function ownVariables(model: ComposeModel, names: readonly string[]): string[] {
  return names.filter((name) => {
    const variable = variableByName(name);
    return model.services.some((service) => {
      const inside =
        variable === undefined || service.role === undefined
          ? undefined
          : nameToAdd(variable, service.role);
      return inside !== undefined && keepsOwn(service, model, inside);
    });
  });
}
