import { variableByName } from "../catalogue/index.ts";
import type { LagoVariable, Role } from "../catalogue/types.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";

/**
 * What a service does for Lago; undefined for one that is none of Lago's. A back-end service of an
 * unknown name counts as a worker.
 */
export function roleOf(service: ServiceModel): Role | undefined {
  const { name, image = "" } = service;
  if (isLagoImage(image, "api")) {
    if (name === "migrate" || name === "api") {
      return name;
    }
    if (/clock$/.test(name)) {
      return "clock";
    }
    return "worker";
  }
  if (isLagoImage(image, "front")) {
    return "front";
  }
  return name === "db" || name === "redis" ? name : undefined;
}

/** Whether an image is one of Lago's, wherever it is mirrored. */
export function isLagoImage(image: string, name: "api" | "front"): boolean {
  return new RegExp(`(^|/)getlago/${name}(:|@|$)`).test(image);
}

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
  const role = roleOf(service);
  if (role === undefined) {
    return {};
  }
  const missing = names.flatMap((name): [string, string][] => {
    const variable = variableByName(name);
    if (variable === undefined) {
      const known = model.variables.includes(name) || role === "front" || !isBackend(role);
      return known ? [] : [[name, reference(name)]];
    }
    const inside = nameInside(variable, role);
    return inside === undefined || handsOn(service, inside, name)
      ? []
      : [[inside, reference(name)]];
  });
  return Object.fromEntries(missing);
}

function nameInside(variable: LagoVariable, role: Role): string | undefined {
  const { roles, partOf, effect, as } = variable;
  if (!roles.includes(role) || effect === "never") {
    return undefined;
  }
  // The parts of a URL count as the URL, which is built from them; the database reads them itself.
  if (partOf !== undefined && isBackend(role)) {
    return undefined;
  }
  return as?.[role] ?? variable.name;
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
