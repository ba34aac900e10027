/** Roles of the services of a compose model. */

import type { Role } from "../lago/catalogue/types.ts";
import { type BundledHosts, LAGO_HOSTS } from "../lago/config/derived.ts";
import { fieldsOf } from "../text/coerce.ts";
import { othersServices } from "./lago-own.ts";
import { type ComposeModel, roleInFiles, type ServiceModel, withRole } from "./model.ts";

/** Roles by service, as a setting gives them. */
export type GivenRoles = Readonly<Record<string, Role>>;

/**
 * Judges the roles of a model's services once more, with the values of variables and with the roles
 * that a setting gives, which count before all others. Services of other programs lose their role.
 *
 * @param filled definitions of the services with the variables of their `env_file`. Defaults to the
 *   model's own
 */
export function withRoles(
  model: ComposeModel,
  environment: Readonly<Record<string, string>>,
  given: GivenRoles = {},
  filled: Readonly<Record<string, unknown>> = {},
): ComposeModel {
  const judged = model.services.map(({ name, definition: own }) => {
    const definition = Object.hasOwn(filled, name) ? fieldsOf(filled[name]) : own;
    const isGiven = Object.hasOwn(given, name);
    const role = isGiven ? given[name] : roleInFiles(own, environment);
    const { healthcheck: _, ...others } = own;
    const isSure = isGiven || roleInFiles(others, environment) === role;
    return { name, role, isSure, isGiven, definition };
  });
  const others = othersServices(judged, environment);
  return {
    ...model,
    services: model.services.map((service, index) => {
      const role = others.has(service.name) ? undefined : judged[index]?.role;
      return { ...service, ...withRole(role, service.oneShot) };
    }),
  };
}

/** Host names of the database and the Redis of a model; Lago's own for a model without them. */
export function bundledHosts(model: Pick<ComposeModel, "services">): BundledHosts {
  return {
    database: serviceWithRole(model, "db")?.name ?? LAGO_HOSTS.database,
    redis: serviceWithRole(model, "redis")?.name ?? LAGO_HOSTS.redis,
  };
}

/**
 * Finds the service of a role. Of several it is the one that is published on the host, else the first
 * in the order of their names.
 */
export function serviceWithRole(
  { services }: Pick<ComposeModel, "services">,
  role: Role,
): ServiceModel | undefined {
  const all = services.filter((service) => service.role === role);
  return all.find(({ publishesPorts }) => publishesPorts) ?? all[0];
}

/** Whether some service is Lago's api, without which nothing is a deployment of Lago. */
export function hasApi(services: readonly { readonly role: Role | undefined }[]): boolean {
  return services.some(({ role }) => role === "api");
}
