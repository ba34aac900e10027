/** Keys that the compose files give to Lago's services by themselves. */
import { variableByName } from "../lago/catalogue/index.ts";
import { type KeyName, LAGO_KEYS, variableOfKey } from "../lago/lago-keys.ts";
import { interpolate } from "./interpolate.ts";
import type { ComposeModel } from "./model.ts";
import { aliasesOf } from "./own-values.ts";
import { isBackend, nameInside } from "./roles.ts";
import type { ServiceDetails } from "./service-details.ts";

/**
 * Reads keys as the services get them from the files. A key that only a file inside of the container
 * holds, as by `POSTGRES_PASSWORD_FILE`, is an empty text: nobody knows the value here. Holds secrets.
 *
 * @param services the model's services, with the variables of their `env_file`
 * @param names variables of the keys in question
 * @param values values of the variables in the files
 */
export function keysInFiles(
  model: ComposeModel,
  services: readonly ServiceDetails[],
  names: readonly string[],
  values: Readonly<Record<string, string>>,
): Partial<Record<KeyName, string>> {
  const roles = new Map(model.services.map(({ name, role }) => [name, role]));
  const entries = LAGO_KEYS.filter((key) => names.includes(variableOfKey(key))).map((key) => {
    const variable = variableByName(variableOfKey(key));
    const seen = services.flatMap(({ name, environment }) => {
      const role = roles.get(name);
      const reads = variable !== undefined && role !== undefined && variable.roles.includes(role);
      const inside = reads ? aliasesOf(nameInside(variable, role)) : [];
      const value = inside.map((one) => environment[one]).find((text) => text !== undefined);
      return value === undefined ? [] : [{ value, isBackend: isBackend(role) }];
    });
    // The back end's own counts: a helper beside it may have been given another one.
    const [one] = [...seen.filter((it) => it.isBackend), ...seen];
    return [key.name, interpolate(one?.value ?? "", values)] as const;
  });
  return Object.fromEntries(entries);
}
