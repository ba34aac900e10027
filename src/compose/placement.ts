import { variableByName } from "../lago/catalogue/index.ts";
import type { LagoVariable, Role } from "../lago/catalogue/types.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { commandText, nameInside, roleOf } from "./roles.ts";

/**
 * The variables that an override has to add to a service's environment, so that each of the given
 * ones reaches all that read it, as `NAME in the container` to `${NAME}`.
 *
 * What the files themselves hand on is left to them. A name that the catalogue does not know goes
 * to the back-end services, unless the files refer to it.
 */
export function missingVariables(
  service: ServiceModel,
  model: ComposeModel,
  names: readonly string[],
): Record<string, string> {
  const role = roleOfModel(service);
  // Proxies stand in Lago's `deploy` files only, which pass them all that they are to know.
  if (role === undefined || role === "proxy") {
    return {};
  }
  const missing = names.flatMap((name): [string, string][] => {
    const variable = variableByName(name);
    if (variable === undefined) {
      const known = model.variables.includes(name) || role === "front" || !isBackend(role);
      return known ? [] : [[name, reference(name)]];
    }
    const inside = nameToAdd(variable, role);
    return inside === undefined || handsOn(service, inside, name)
      ? []
      : [[inside, reference(name)]];
  });
  return Object.fromEntries(missing);
}

/** What a service of the model is to Lago. */
export function roleOfModel({ name, image = "", definition }: ServiceModel): Role | undefined {
  return roleOf({ name, image, command: commandText(definition) });
}

function nameToAdd(variable: LagoVariable, role: Role): string | undefined {
  const { roles, partOf, effect, scope } = variable;
  if (!roles.includes(role) || effect === "never" || scope === "deploy-files") {
    return undefined;
  }
  // The parts of a URL count as the URL, which is built from them; the database reads them itself.
  if (partOf !== undefined && isBackend(role)) {
    return undefined;
  }
  return nameInside(variable, role);
}

function isBackend(role: Role): boolean {
  return ["api", "worker", "clock", "migrate"].includes(role);
}

/** Whether the files fill that variable of the service from the one of the given name. */
function handsOn(service: ServiceModel, inside: string, name: string): boolean {
  const environment = service.definition.environment as Record<string, unknown> | undefined;
  const value = environment?.[inside];
  return typeof value === "string" && new RegExp(`^\\$\\{?${name}\\b`).test(value);
}

/** `:-` keeps compose from warning about a variable that is empty on purpose. */
function reference(name: string): string {
  return `\${${name}:-}`;
}
