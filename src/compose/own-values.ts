/** Variables that the files themselves give a service, other than by a reference of the same name. */
import { LAGO_KEYS } from "../lago/lago-keys.ts";
import { interpolate } from "./interpolate.ts";
import type { ServiceModel } from "./model.ts";

/**
 * Whether the files give a service the variable `inside` by themselves: as a literal, from variables
 * of other names, by `env_file`, or as the name of a file that holds the value. A reference to the
 * variable itself gives nothing: it hands on what others set, and its default is a mere fallback.
 */
export function givesItself(service: ServiceModel, inside: string): boolean {
  const names = aliasesOf(inside);
  return names.some((name) => givesByName(service, name, names));
}

function givesByName(service: ServiceModel, name: string, aliases: readonly string[]): boolean {
  const { fromEnvFiles = [] } = service;
  const environment = environmentOf(service);
  if (Object.hasOwn(environment, name)) {
    const value = environment[name];
    return value != null && !aliases.some((alias) => refersTo(String(value), alias));
  }
  const file = `${name}_FILE`;
  return [name, file].some((one) => fromEnvFiles.includes(one)) || isSet(environment[file]);
}

/** All names of a variable: Lago reads some keys under two, and prefers the first. */
export function aliasesOf(name: string): readonly string[] {
  return LAGO_KEYS.find(({ variables }) => variables.includes(name))?.variables ?? [name];
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

/**
 * Whether the files' URL leads to the same database as another one, with the same user and password,
 * so that nothing is gained by replacing the files' own.
 *
 * @param values values of the variables in the files, with the other URL as `DATABASE_URL`
 */
export function leadsToSameDatabase(
  service: ServiceModel,
  values: Readonly<Record<string, string>>,
): boolean {
  const { DATABASE_URL: ours = "", ...others } = values;
  const theirs = interpolate(String(environmentOf(service).DATABASE_URL ?? ""), others);
  const parts = partsOf(theirs);
  return parts !== undefined && parts === partsOf(ours);
}

/** Parts of a database's URL as one text; undefined for a text that is no URL. */
function partsOf(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) {
    return undefined;
  }
  const { username, password, hostname, port, pathname, searchParams } = url;
  const schema = searchParams.get("search_path") ?? "public";
  return JSON.stringify([username, password, hostname, port || "5432", pathname, schema]);
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
