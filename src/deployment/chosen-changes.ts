/** Changes that somebody chose for a deployment of plain compose. Pure but for `env_file`. */
import { interpolate } from "../compose/interpolate.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { HostPorts } from "../compose/override.ts";
import { withEnvFiles } from "../compose/reading/service-env-files.ts";
import { nameInside } from "../compose/roles.ts";
import { environmentOf } from "../compose/service-details.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import type { PublishedPorts } from "../ports/claims.ts";
import { PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import { fieldsOf } from "../text/coerce.ts";
import type { LagoDeploymentOptions } from "./options.ts";

type Environment = Readonly<Record<string, string>>;

/** Whether a start adds values that nobody chose. Files that run as they are get none. */
export function getsDefaults({
  isolated,
  adopted,
}: Pick<LagoDeploymentOptions, "isolated" | "adopted">): boolean {
  return isolated !== false && adopted !== true;
}

/** Selects the ports of services for which somebody chose a port or an address. */
export function chosenPorts(wanted: WantedPorts, ports: PublishedPorts): HostPorts {
  const chosen = PUBLISHED_SERVICES.filter(
    (service) => wanted[service] !== undefined || wanted.address !== undefined,
  );
  const own = chosen.map((service) => [service, ports[service]] as const);
  return { ...Object.fromEntries(own), address: ports.address };
}

/**
 * Selects the variables that have to be added to services. The files place what they refer to, in
 * themselves or in an `env_file`, and what they give with the very value. Only the others are new.
 *
 * @param names names of the variables that have values
 * @param environment values of the variables. Holds secrets
 */
export function variablesToAdd(
  model: ComposeModel,
  names: readonly string[],
  environment: Environment,
): string[] {
  const definitions = model.services.map(({ name, definition }) => [name, definition] as const);
  const active = definitions.map(([name]) => name);
  // Compose reports an `env_file` that it refuses.
  const read = withEnvFiles(Object.fromEntries(definitions), active, environment);
  const placed = new Set([
    ...model.variables,
    ...read.assignments.flatMap(({ references }) => references),
  ]);
  const isGiven = (name: string) =>
    model.services.some(({ name: service, role }) => {
      const variable = variableByName(name);
      const inside = variable === undefined ? name : nameInside(variable, role);
      const own = environmentOf(fieldsOf(read.services[service]).environment)[inside];
      return own !== undefined && interpolate(own, environment) === environment[name];
    });
  return names.filter((name) => !placed.has(name) && !isGiven(name));
}
