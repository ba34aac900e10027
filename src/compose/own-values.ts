/** Variables that the files themselves give a service, other than by a reference of the same name. */
import type { ServiceModel } from "./model.ts";

/**
 * Whether the files give a service the variable `inside` by themselves: as a literal, from variables
 * of other names, by `env_file`, or as the name of a file that holds the value. A reference to the
 * variable itself gives nothing: it hands on what others set, and its default is a mere fallback.
 */
export function givesItself(service: ServiceModel, inside: string): boolean {
  const { fromEnvFiles = [] } = service;
  const environment = environmentOf(service);
  if (Object.hasOwn(environment, inside)) {
    const value = environment[inside];
    return value != null && !refersTo(String(value), inside);
  }
  const file = `${inside}_FILE`;
  return [inside, file].some((name) => fromEnvFiles.includes(name)) || isSet(environment[file]);
}

/**
 * Whether the files build the database's URL of the same parts as we do: with the password of the
 * variable, for the database of the files. Only then may ours, which encodes special characters,
 * replace theirs.
 *
 * @param host host name of the files' database
 */
export function buildsDatabaseUrl(service: ServiceModel, host: string): boolean {
  const url = String(environmentOf(service).DATABASE_URL ?? "");
  const [, place = ""] = /@(\$\{[^}]*\}|\$\w+|[^:/]*)/.exec(url) ?? [];
  return /\$\{?POSTGRES_PASSWORD\b/.test(url) && (place.startsWith("$") || place === host);
}

function environmentOf({ definition }: ServiceModel): Readonly<Record<string, unknown>> {
  return (definition.environment ?? {}) as Readonly<Record<string, unknown>>;
}

function refersTo(value: string, name: string): boolean {
  return new RegExp(`^\\$\\{?${name}\\b`).test(value);
}

function isSet(value: unknown): boolean {
  return value != null && value !== "";
}
