/** Values of settings that are not secret, as the compose files give them. */
import { variableByName } from "../lago/catalogue/index.ts";
import { interpolate } from "./interpolate.ts";
import type { ComposeModel } from "./model.ts";
import { nameInside } from "./roles.ts";
import type { ServiceDetails } from "./service-details.ts";

/** A value that the files give a variable. */
export interface ValueInFiles {
  readonly value: string;
  /** Whether the value is the default of a reference, as in `${LAGO_DISABLE_SIGNUP:-true}`. */
  readonly isDefault: boolean;
}

/**
 * Finds the value that the files give a variable: as a literal, from variables of other names, by
 * `env_file`, or as the default of a reference to the variable itself.
 *
 * @param services the model's services, with the variables of their `env_file`
 * @param values values of the other variables in the files
 */
export function valueInFiles(
  model: ComposeModel,
  services: readonly ServiceDetails[],
  name: string,
  values: Readonly<Record<string, string>>,
): ValueInFiles | undefined {
  const variable = variableByName(name);
  const { [name]: _, ...others } = values;
  const roles = new Map(model.services.map(({ name: service, role }) => [service, role]));
  for (const service of services) {
    const role = roles.get(service.name);
    if (variable === undefined || role === undefined || !variable.roles.includes(role)) {
      continue;
    }
    const text = service.environment[nameInside(variable, role)] ?? "";
    const value = interpolate(text, others);
    if (value !== "") {
      return { value, isDefault: new RegExp(`\\$\\{?${name}\\b`).test(text) };
    }
  }
  return undefined;
}
