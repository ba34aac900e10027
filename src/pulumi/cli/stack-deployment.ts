/** The deployment that a stack's config describes, as this package's own program would make it. */
import { resolve } from "node:path";
import { nameInFolder } from "../../compose/project-name.ts";
import { getsDefaults } from "../../deployment/chosen-changes.ts";
import type { KnownSettings } from "../../deployment/effective-settings.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../deployment/options.ts";
import { settingsToEnvironment, variableBySetting } from "../../lago/catalogue/index.ts";
import { canGenerateRedisPassword, usesOwnDatabase } from "../../lago/config/derived.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../../lago/config/fields.ts";
import { LagoConfig } from "../../lago/config/lago-config.ts";
import { ownerVariables } from "../../lago/first-organization.ts";
import { givenKeys, LAGO_KEYS, variableOfKey } from "../../lago/lago-keys.ts";
import { localUrl } from "../../ports/local-urls.ts";
import { isStackSetting } from "../../spec/names.ts";
import { type DeploymentSpec, parseDeploymentSpec } from "../../spec/spec.ts";
import {
  configIn,
  readStackSettings,
  type StackSettings,
  specIn,
} from "../../spec/stack-settings.ts";
import { AUTO, PUBLISHED_SERVICES } from "../../spec/wanted-ports.ts";
import { OWN_NAME, type StackConfig, type StackConfigEntry } from "./stack-config.ts";

/** A deployment with the known facts about its settings. Holds secrets. */
export interface StackDeployment {
  readonly deployment: LagoDeployment;
  readonly known: KnownSettings;
}

/**
 * Makes the deployment that a stack's config describes. Does not read generated keys.
 *
 * @param folder the program's folder
 * @throws DeployError of kind `InvalidConfig` that names the faults. Unknown names are faults only
 *   in this project's own program: another program may read more from its config.
 */
export function deploymentOfStack(
  config: StackConfig,
  stack: string,
  folder: string,
  calls: Pick<LagoDeploymentOptions, "signal">,
): StackDeployment {
  const { program, entries } = config;
  const names = [...entries.keys()].filter((name) => program === OWN_NAME || isStackSetting(name));
  const texts = names.map((name) => [name, textOf(entries.get(name))] as const);
  const settings = readStackSettings(new Map(texts), { program, stack });
  const { lagoPath, composeFiles } = settings;
  const path = lagoPath === undefined ? undefined : resolve(folder, lagoPath);
  const ofFiles = nameInFolder(path, composeFiles);
  const spec = parseDeploymentSpec({
    ...specIn(settings, stack),
    ...(settings.projectName === undefined && ofFiles !== undefined
      ? { projectName: ofFiles }
      : {}),
    lagoPath: path,
  });
  const given = givenVariables(settings);
  const urls = localUrls(spec, given);
  // Beside an organization nobody has to sign up.
  const closed = configIn(settings).disableSignup === undefined && settings.organization;
  const all = { ...urls, ...(closed ? { [CONFIG_FIELDS.disableSignup.variable]: "true" } : {}) };
  const implied = getsDefaults(spec) ? all : {};
  const values = { ...implied, ...given };
  const deployment = deploymentOf({ ...spec, variables: Object.keys(values) }, values, calls);
  return {
    deployment,
    known: {
      derived: [
        ...Object.keys(implied),
        ...(settings.projectName === undefined ? ["projectName"] : []),
      ],
      generated: [
        ...(getsDefaults(spec) ? generatedVariables(given) : []),
        ...(settings.organization === undefined ? [] : generatedLogin(given)),
      ],
      secret: secretVariables(settings, entries),
    },
  };
}

/** Returns the text that Pulumi passes to a program. */
function textOf(entry: StackConfigEntry | undefined): string {
  return typeof entry?.value === "string" ? entry.value : JSON.stringify(entry?.value);
}

function givenVariables(settings: StackSettings): Record<string, string> {
  const { organization } = settings;
  const config = configIn(settings);
  const all = Object.fromEntries(new LagoConfig(config).toEnvVars());
  const own = CONFIG_FIELD_NAMES.filter((name) => Object.hasOwn(config, name)).map((name) => {
    const { variable } = CONFIG_FIELDS[name];
    return [variable, all[variable] ?? ""];
  });
  const { variables } = settingsToEnvironment(settings.settings);
  return {
    ...Object.fromEntries(own),
    ...(organization === undefined ? {} : ownerVariables(organization)),
    ...variables,
    ...settings.environment,
  };
}

/** The addresses that follow from the ports, unless the config gives addresses. */
function localUrls(spec: DeploymentSpec, given: Readonly<Record<string, string>>) {
  const urls: Record<string, string> = {};
  for (const service of PUBLISHED_SERVICES) {
    const name = CONFIG_FIELDS[`${service}Url`].variable;
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
      : name !== "redisPassword" || canGenerateRedisPassword(given);
  return LAGO_KEYS.filter(({ name }) => known[name] === undefined && isOfUse(name)).map(
    variableOfKey,
  );
}

/** Names of the variables with the secrets of the organization's login, as far as none is given. */
function generatedLogin(given: Readonly<Record<string, string>>): string[] {
  const hasKey = given.LAGO_API_KEY !== undefined;
  return ["LAGO_ORG_USER_PASSWORD", ...(hasKey ? [] : ["LAGO_ORG_API_KEY"])];
}

/**
 * Names of secret variables. If one of several values that were set together is secret, all of them
 * are.
 */
function secretVariables(
  { settings, environment }: StackSettings,
  entries: StackConfig["entries"],
): Set<string> {
  const isSecret = (name: string) => entries.get(name)?.secret === true;
  const names = CONFIG_FIELD_NAMES.filter(isSecret).map((name) => CONFIG_FIELDS[name].variable);
  const paths = isSecret("settings") ? leaves(settings) : [];
  return new Set([
    ...names,
    ...paths.flatMap((path) => variableBySetting(path)?.name ?? []),
    ...(isSecret("environment") ? Object.keys(environment ?? {}) : []),
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
