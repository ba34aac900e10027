/** Tells Lago's own api, database and Redis from those of other programs in the same files. Pure. */
import type { Role } from "../lago/catalogue/types.ts";
import { fieldsOf, listOf, textOf } from "../text/coerce.ts";
import { interpolate } from "./interpolate.ts";
import { isBackend } from "./roles.ts";
import { environmentOf } from "./service-details.ts";

/** A service with the role that it has by itself. */
export interface JudgedService {
  readonly name: string;
  readonly role: Role | undefined;
  /** Whether more than the health check tells the role. Other programs answer at `/health` too. */
  readonly isSure: boolean;
  /** Whether a setting gives the role. */
  readonly isGiven: boolean;
  /** Definition with the variables of `env_file` among the environment. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Variables of the back end that name its stores, by role. */
const ADDRESSES: Readonly<Partial<Record<Role, readonly string[]>>> = {
  db: ["DATABASE_URL", "POSTGRES_HOST"],
  redis: [
    ...["REDIS_URL", "REDIS_HOST", "LAGO_REDIS_CACHE_URL", "LAGO_REDIS_CACHE_HOST"],
    ...["LAGO_REDIS_CABLE_URL", "LAGO_REDIS_STORE_URL", "LAGO_REDIS_STORE_HOST"],
  ],
};

/**
 * Names the services that are another program's: an api that only its health check tells, beside one
 * that is Lago's for sure; a database or Redis beside the one that Lago's back end names.
 *
 * @param values values of the variables in the files
 */
export function othersServices(
  services: readonly JudgedService[],
  values: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  const apis = services.filter(({ role }) => role === "api");
  const unsure = apis.some(({ isSure }) => isSure) ? apis.filter(({ isSure }) => !isSure) : [];
  const backends = services.filter((one) => isBackend(one.role) && !unsure.includes(one));
  const stores = Object.entries(ADDRESSES).flatMap(([role, variables = []]) => {
    const hosts = new Set(backends.flatMap((one) => hostsIn(one, variables, values)));
    const all = services.filter((one) => one.role === role);
    const isNamed = (one: JudgedService) => namesOf(one, values).some((name) => hosts.has(name));
    return all.some(isNamed) ? all.filter((one) => !isNamed(one)) : [];
  });
  const others = [...unsure, ...stores].filter(({ isGiven }) => !isGiven);
  return new Set(others.map(({ name }) => name));
}

/** Whether a service that is not Lago's needs another one: it waits for that one or names it. */
export function isNeededByOthers(
  services: readonly Pick<JudgedService, "name" | "role" | "definition">[],
  name: string,
): boolean {
  // Of the characters that names have, only the dot means something else here.
  const isNamed = new RegExp(`(?<![\\w.-])${name.replaceAll(".", "\\.")}(?![\\w.-])`);
  return services
    .filter((one) => one.role === undefined && one.name !== name)
    .some(
      ({ definition }) =>
        Object.hasOwn(fieldsOf(definition.depends_on), name) ||
        Object.values(environmentOf(definition.environment)).some((value) => isNamed.test(value)),
    );
}

function hostsIn(
  { definition }: JudgedService,
  variables: readonly string[],
  values: Readonly<Record<string, string>>,
): string[] {
  const environment = environmentOf(definition.environment);
  return variables.flatMap((name) => {
    const address = interpolate(environment[name] ?? "", values);
    const [, host = ""] = /^(?:[a-z]+:\/\/)?(?:[^/]*@)?([^:/?]*)/i.exec(address) ?? [];
    return host === "" ? [] : [host];
  });
}

/** Names by which the containers of a project find a service. */
function namesOf(
  { name, definition }: JudgedService,
  values: Readonly<Record<string, string>>,
): string[] {
  const aliases = Object.values(fieldsOf(definition.networks)).flatMap((network) =>
    listOf(fieldsOf(network).aliases),
  );
  const texts = [definition.container_name, definition.hostname, ...aliases].map(textOf);
  return [name, ...texts.map((text) => interpolate(text, values))].filter((text) => text !== "");
}
