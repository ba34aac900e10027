/** Services that read a variable, and how a value given for the variable reaches them. */

import { variablesIn } from "../compose/model.ts";
import { aliasesOf } from "../compose/own-values.ts";
import { nameInside } from "../compose/roles.ts";
import type { LagoVariable } from "../lago/catalogue/types.ts";
import type { Service } from "./check-context.ts";

/** A value that the files themselves give a service in place of the variable's. */
export interface OwnValue {
  readonly kind: "own";
  /** Place of the value in the files. */
  readonly place: string;
  /** Whether the service gets the given value all the same. */
  readonly isSame: boolean;
  /** Variables that the files make the value of. */
  readonly madeOf: readonly string[];
}

/**
 * How a variable reaches a service: `passed` on by the files, not at all, or in the form of a value
 * that the files have themselves.
 */
export type Reach = { readonly kind: "passed" | "absent" } | OwnValue;

/** Lists the services that read a variable. */
export function readers(variable: LagoVariable, services: readonly Service[]): Service[] {
  return services.filter(({ role }) => {
    return role !== undefined && role !== "compose" && variable.roles.includes(role);
  });
}

/**
 * How a variable reaches a service that reads it.
 *
 * @param given value that a person set; undefined where nobody did
 */
export function reachOf(variable: LagoVariable, service: Service, given?: string): Reach {
  const { environment, fromEnvFiles = [], name, raw, role } = service;
  const inside = nameInside(variable, role);
  const whole = variable.partOf;
  const names = aliasesOf(inside);
  const holders = [...names, ...(whole === undefined ? [] : [whole])].filter((one) =>
    Object.hasOwn(environment, one),
  );
  const [holder] = holders;
  if (holder === undefined) {
    return { kind: "absent" };
  }
  const reference = new RegExp(`(?<!\\$)\\$\\{?${variable.name}(?![A-Z0-9_])`);
  const isPassed = holders.some((one) => reference.test(raw.environment[one] ?? ""));
  const value = environment[holder] ?? "";
  const isSame = names.includes(holder)
    ? value === given
    : given !== undefined && holds(value, given);
  if (isPassed || (fromEnvFiles.includes(holder) && (given === undefined || isSame))) {
    return { kind: "passed" };
  }
  return {
    kind: "own",
    place: `services.${name}.environment.${holder}`,
    isSame,
    madeOf: variablesIn(raw.environment[holder] ?? ""),
  };
}

/** Whether a text that is made of several values, such as a URL, has the given one in it. */
function holds(text: string, given: string): boolean {
  return text.includes(given) || text.includes(encodeURIComponent(given));
}
