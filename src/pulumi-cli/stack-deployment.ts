/** The deployment that a stack's config describes, as the program beside this makes it. */
import { resolve } from "node:path";
import { settingsToEnvironment, variableBySetting } from "../catalogue/index.ts";
import { takesMadeRedisPassword, usesOwnDatabase } from "../config/derived.ts";
import { LagoConfig, type LagoConfigInput } from "../config/lago-config.ts";
import type { KnownSettings } from "../deployment/effective-settings.ts";
import type { LagoDeployment } from "../deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../deployment/options.ts";
import { type DeploymentSpec, deploymentOf, parseDeploymentSpec } from "../deployment/spec.ts";
import { givenKeys, LAGO_KEYS, variableOfKey } from "../keys/lago-keys.ts";
import { AUTO } from "../ports/choose.ts";
import { localUrl } from "../ports/local-urls.ts";
import type { StackConfig } from "./stack-config.ts";

const TEXTS = [
  "dockerHost",
  "dockerContext",
  "dockerCertPath",
  "version",
  "pullPolicy",
  "restartToken",
  "removeVolumesOnDestroy",
] as const;
const NUMBERS = ["startTimeoutSeconds", "lockTimeoutSeconds"] as const;
const OBJECTS = [
  "composeFiles",
  "profiles",
  "ports",
  "memoryLimits",
  "workers",
  "allowUnsafe",
  "allowKeyChange",
  "allowVolumeChange",
] as const;

/** The fields of `LagoConfig` that a stack's config may give, with the variable of each. */
const FIELDS = {
  apiUrl: "LAGO_API_URL",
  frontUrl: "LAGO_FRONT_URL",
  databaseUrl: "DATABASE_URL",
  redisUrl: "REDIS_URL",
  secretKeyBase: "SECRET_KEY_BASE",
  rsaPrivateKey: "LAGO_RSA_PRIVATE_KEY",
  apiKey: "LAGO_API_KEY",
  disableSignup: "LAGO_DISABLE_SIGNUP",
} as const;

/** A deployment with what is known of its settings. Holds secrets. */
export interface StackDeployment {
  readonly deployment: LagoDeployment;
  readonly known: KnownSettings;
}

/**
 * What the stack would deploy, as far as its config tells: keys that are generated are not read.
 *
 * @param folder the program's folder
 * @throws DeployError of kind `InvalidConfig` that names the faults
 */
export function deploymentOfStack(
  config: StackConfig,
  stack: string,
  folder: string,
  calls: Pick<LagoDeploymentOptions, "signal">,
): StackDeployment {
  const spec = specOf(config, stack, folder);
  const given = givenVariables(config);
  const urls = localUrls(spec, given);
  const values = { ...urls, ...given };
  const deployment = deploymentOf({ ...spec, variables: Object.keys(values) }, values, calls);
  return {
    deployment,
    known: {
      derived: [...Object.keys(urls), ...(config.has("projectName") ? [] : ["projectName"])],
      generated: generatedVariables(given),
      secret: secretVariables(config),
    },
  };
}

function specOf(config: StackConfig, stack: string, folder: string): DeploymentSpec {
  const value = (name: string) => config.get(name)?.value;
  const text = (name: string) => value(name) as string | undefined;
  const pick = (names: readonly string[], read: (name: string) => unknown) =>
    Object.fromEntries(names.map((name) => [name, read(name)]));
  const lagoPath = text("lagoPath");
  return parseDeploymentSpec({
    projectName: text("projectName") ?? `lago-${stack.split("/").at(-1)}`,
    lagoPath: lagoPath === undefined ? undefined : resolve(folder, lagoPath),
    ...pick(TEXTS, text),
    ...pick(NUMBERS, (name) => (config.has(name) ? Number(value(name)) : undefined)),
    ...pick(OBJECTS, value),
  });
}

function givenVariables(config: StackConfig): Record<string, string> {
  const fields = Object.keys(FIELDS).filter((name) => config.has(name)) as (keyof typeof FIELDS)[];
  const input = fields.map((name) => {
    const value = config.get(name)?.value;
    return [name, name === "disableSignup" ? value === true || value === "true" : value];
  });
  const all = Object.fromEntries(
    new LagoConfig(Object.fromEntries(input) as LagoConfigInput).toEnvVars(),
  );
  const own = fields.map((name) => [FIELDS[name], all[FIELDS[name]] ?? ""]);
  const settings = settingsToEnvironment(config.get("settings")?.value).variables;
  const more = config.get("environment")?.value as Record<string, unknown> | undefined;
  const texts = Object.entries(more ?? {}).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(own), ...settings, ...Object.fromEntries(texts) };
}

/** The addresses that follow from the ports, where nothing else says them. */
function localUrls(spec: DeploymentSpec, given: Readonly<Record<string, string>>) {
  const urls: Record<string, string> = {};
  for (const [service, name] of [
    ["api", "LAGO_API_URL"],
    ["front", "LAGO_FRONT_URL"],
  ] as const) {
    const port = spec.ports?.[service];
    if (port !== undefined && port !== AUTO && !given[name] && !given.LAGO_DOMAIN) {
      urls[name] = localUrl(port);
    }
  }
  return urls;
}

function generatedVariables(given: Readonly<Record<string, string>>): string[] {
  const known = givenKeys(given);
  const isOfUse = (name: string) =>
    name === "postgresPassword"
      ? !usesOwnDatabase(given)
      : name !== "redisPassword" || takesMadeRedisPassword(given);
  return LAGO_KEYS.filter(({ name }) => known[name] === undefined && isOfUse(name)).map(
    variableOfKey,
  );
}

/** Where a secret is among values that were set together, none of them is shown. */
function secretVariables(config: StackConfig): Set<string> {
  const names = Object.entries(FIELDS).flatMap(([field, name]) =>
    config.get(field)?.secret ? [name] : [],
  );
  const settings = config.get("settings");
  const environment = config.get("environment");
  return new Set([
    ...names,
    ...(settings?.secret
      ? leaves(settings.value).flatMap((p) => variableBySetting(p)?.name ?? [])
      : []),
    ...(environment?.secret ? Object.keys(environment.value as object) : []),
  ]);
}

function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`),
  );
}
