/** The services that a deployment makes of its compose files. Reads the files that `env_file` names. */
import { withProxyNetwork } from "../compose/behind-proxy.ts";
import { disableServices } from "../compose/disabled-services.ts";
import { isNeededByOthers } from "../compose/lago-own.ts";
import type { ComposeModel } from "../compose/model.ts";
import { withEnvFiles } from "../compose/reading/service-env-files.ts";
import { type ServiceDetails, serviceDetails } from "../compose/service-details.ts";
import { bundledHosts, withRoles } from "../compose/service-roles.ts";
import { withWorkers } from "../compose/worker-services.ts";
import { usesOwnDatabase, usesOwnRedis } from "../lago/config/derived.ts";
import type { LagoDeploymentOptions } from "./options.ts";

/** Options that decide which services there are. */
export type ServiceOptions = Pick<
  LagoDeploymentOptions,
  "isolated" | "adopted" | "workers" | "behindProxy" | "roles"
>;

type Variables = Readonly<Record<string, string>>;

/**
 * Adds to the files' content the roles of the services, workers of their own and the network of a proxy,
 * and leaves out a database and a Redis that others replace.
 *
 * @param files content of the files
 * @param given variables that somebody set
 */
export function declaredModel(
  files: ComposeModel,
  given: Variables,
  { isolated, adopted, workers, behindProxy, roles }: ServiceOptions,
): ComposeModel {
  const { services: filled, names: fromFiles } = readEnvFiles(files, given);
  const judged = withSources(withRoles(files, given, roles, filled), fromFiles);
  if (isolated === false) {
    return judged;
  }
  const hosts = bundledHosts(judged);
  const unneeded = [
    ...(usesOwnDatabase(given, hosts) ? ["db"] : []),
    ...(usesOwnRedis(given, hosts) ? ["redis"] : []),
  ];
  const names = judged.services
    .filter(({ role }) => role !== undefined && unneeded.includes(role))
    .map(({ name }) => name)
    .filter((name) => !isNeededByOthers(judged.services, name));
  // A database that plain compose runs beside one of the user's own may hold data.
  const complete = withWorkers(adopted ? judged : disableServices(judged, names), workers);
  return behindProxy === true ? withProxyNetwork(complete) : complete;
}

/** The services of a model with the variables that the files give them. Holds secrets. */
export function detailedServices(model: ComposeModel, given: Variables): ServiceDetails[] {
  const { services, names } = readEnvFiles(model, given);
  return serviceDetails({ services }).map((one) => ({
    ...one,
    fromEnvFiles: names.get(one.name) ?? [],
  }));
}

/** Notes which variables come from an `env_file`. Compose reports files that it cannot read. */
function withSources(
  model: ComposeModel,
  names: ReadonlyMap<string, readonly string[]>,
): ComposeModel {
  const services = model.services.map((service) => {
    const fromEnvFiles = names.get(service.name) ?? [];
    return fromEnvFiles.length === 0 ? service : { ...service, fromEnvFiles };
  });
  return { ...model, services };
}

function readEnvFiles({ services }: ComposeModel, given: Variables) {
  const definitions = services.map(({ name, definition }) => [name, definition] as const);
  const active = services.map(({ name }) => name);
  return withEnvFiles(Object.fromEntries(definitions), active, given);
}
