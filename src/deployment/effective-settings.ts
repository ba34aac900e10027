/** Settings that a start would use, each with its origin. */
import { resolve } from "node:path";
import type { ComposeModel } from "../compose/model.ts";
import { invalidConfig } from "../errors.ts";
import { BUNDLED_LAGO_PATH } from "../lago/bundled-file.ts";
import { isSecretName, packageDefaults, variableByName } from "../lago/catalogue/index.ts";
import { REDIS_CONFIG_VARIABLE } from "../lago/config/derived.ts";
import { CONFIG_FIELDS } from "../lago/config/fields.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { effectivePorts } from "../ports/claims.ts";
import { REDACTED, redactorFor } from "../redaction/redact.ts";
import { DEPLOYMENT_NAMES, settingOf } from "../spec/names.ts";
import { AUTO, PUBLISHED_SERVICES } from "../spec/wanted-ports.ts";
import { isLoopback } from "../text/url.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

/**
 * Origin of a setting.
 *
 * - `given`: somebody set it, by option, environment, file of variables or stack config.
 * - `default`: the default of this project.
 * - `derived`: it follows from other settings.
 * - `generated`: a key that is made once and kept.
 * - `file`: the default in the compose file.
 */
export type Origin = "given" | "default" | "derived" | "generated" | "file";

/** One setting. */
export interface EffectiveSetting {
  /** A setting of the deployment such as `ports.api`, or a variable of Lago. */
  readonly name: string;
  /** The name among `settings`, such as `mail.smtpAddress`, of a variable that has one. */
  readonly setting?: string;
  /** Value as text; `[secret]` for a value that must not be shown. */
  readonly value: string;
  readonly origin: Origin;
}

/** Facts about the settings that the deployment itself does not know. */
export interface KnownSettings {
  /** Variables whose values are generated and not known here. Defaults to none. */
  readonly generated?: readonly string[];
  /**
   * Settings and variables that nobody gave, although the deployment received values for them.
   * Defaults to none.
   */
  readonly derived?: readonly string[];
  /** Further variables whose values are never shown. Defaults to none. */
  readonly secret?: ReadonlySet<string>;
}

/**
 * Lists all settings of a deployment: first its own, then the variables of Lago by name. Changes
 * nothing, and does not ask the engine.
 *
 * @throws DeployError of kind `InvalidConfig`, `ComposeFileInvalid`, `DockerNotAvailable` or
 *   `ComposeTooOld`
 */
export async function effectiveSettings(
  deployment: LagoDeployment,
  known: KnownSettings = {},
): Promise<EffectiveSetting[]> {
  const model = await deployment.model();
  const issues = await deployment.serviceFaults();
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  const ofFiles = await deployment.publicValues();
  return [
    ...ownSettings(deployment, model, known),
    ...variables(deployment, model, ofFiles, known),
  ];
}

/** Settings with a value that comes neither from a person nor from the table's defaults. */
const FOUND: readonly string[] = ["projectName", "composeFiles", "ports"];

/** Other settings: those with a default, and those that count only where they are given. */
const OTHERS = DEPLOYMENT_NAMES.filter(
  (name) => settingOf(name).form !== undefined && !FOUND.includes(name),
);

function ownSettings(
  { project, lagoPath, composeFiles, options, environment }: LagoDeployment,
  model: ComposeModel,
  { derived = [] }: KnownSettings,
): EffectiveSetting[] {
  const one = (name: string, given: unknown, otherwise: unknown, origin: Origin = "default") => {
    const value = given ?? otherwise;
    const text = typeof value === "object" ? JSON.stringify(value) : String(value ?? "-");
    const isGiven = given !== undefined && !derived.includes(name);
    return { name, value: text, origin: isGiven ? "given" : origin };
  };
  const isBundled = lagoPath === resolve(BUNDLED_LAGO_PATH);
  const ports = effectivePorts(model, options.ports, environment);
  return [
    one("projectName", options.projectName, project.name, "derived"),
    one("lagoPath", isBundled ? undefined : lagoPath, lagoPath),
    one("composeFiles", options.composeFiles, composeFiles, "derived"),
    one("ports.api", options.ports?.api, ports.api),
    one("ports.front", options.ports?.front, ports.front),
    one("ports.address", options.ports?.address, ports.address),
    ...OTHERS.filter((name) => (options[name] ?? settingOf(name).default) !== undefined).map(
      (name) => one(name, options[name], settingOf(name).default),
    ),
  ];
}

function variables(
  deployment: LagoDeployment,
  model: ComposeModel,
  ofFiles: Readonly<Record<string, string>>,
  { generated = [], derived = [], secret = new Set() }: KnownSettings,
): EffectiveSetting[] {
  const { impliedVariables, options } = deployment;
  const { ports: given = {} } = options;
  const environment = { ...deployment.environment, ...ofFiles };
  const hidden = Object.entries(environment).flatMap(([name, value]) =>
    secret.has(name) ? [value] : [],
  );
  const redact = redactorFor([...hidden, ...secretValues(environment)]);
  const shown = (name: string, value: string) =>
    value !== "" && (secret.has(name) || isSecretName(name)) ? REDACTED : redact(value);
  const defaults = packageDefaults();
  const originOf = (name: string): Origin => {
    if (derived.includes(name)) {
      return "derived";
    }
    if (!impliedVariables.includes(name)) {
      return "given";
    }
    if (defaults[name] === environment[name]) {
      return "default";
    }
    return Object.hasOwn(ofFiles, name) && !isLoopback(environment[name] ?? "")
      ? "file"
      : "derived";
  };
  const all = new Map<string, EffectiveSetting>();
  const add = (name: string, value: string, origin: Origin) => {
    const setting = variableByName(name)?.setting;
    all.set(name, { name, ...(setting === undefined ? {} : { setting }), value, origin });
  };
  for (const [name, value] of fileDefaults(model)) {
    add(name, shown(name, value), "file");
  }
  for (const [name, value] of Object.entries(environment)) {
    add(name, shown(name, value), originOf(name));
  }
  for (const name of generated) {
    add(name, REDACTED, "generated");
  }
  for (const service of PUBLISHED_SERVICES) {
    const name = CONFIG_FIELDS[`${service}Url`].variable;
    const isOwn = all.get(name)?.origin === "default" && given[service] === AUTO;
    if (isOwn) {
      add(name, "http://localhost, at the port that is found", "derived");
    }
  }
  // The way in which the bundled Redis gets its password is nobody's setting.
  all.delete(REDIS_CONFIG_VARIABLE);
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `${NAME:-value}` with a plain value. */
const DEFAULT_IN_FILE = /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*):?-([^${}]*)\}/g;

/** Defaults that the files have for variables, by name. */
export function fileDefaults({ services }: ComposeModel): Map<string, string> {
  const found = new Map<string, string>();
  const text = JSON.stringify(services.map(({ definition }) => definition));
  for (const [, name, value = ""] of text.matchAll(DEFAULT_IN_FILE)) {
    if (name !== undefined && !found.has(name)) {
      // Inside the quotes of a JSON text.
      found.set(name, JSON.parse(`"${value}"`) as string);
    }
  }
  return found;
}
