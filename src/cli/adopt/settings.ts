/** Settings of a stack for a deployment that it takes over. Pure. Hold secrets. */
import { isDeepStrictEqual } from "node:util";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, issuesIn } from "../../errors.ts";
import { isSecretName, variableByName } from "../../lago/catalogue/index.ts";
import { CONFIG_FIELDS, type ConfigFieldName } from "../../lago/config/fields.ts";
import { LagoConfig } from "../../lago/config/lago-config.ts";
import { PORT_VARIABLES } from "../../ports/claims.ts";
import { zbl } from "../../text/zbl.ts";
import {
  type ConfigPath,
  type ConfigValues,
  pulumiPath,
  valueAt,
  withValue,
} from "../set/config-change.ts";

/** One value for the config of a stack. */
export interface AdoptedSetting {
  readonly path: ConfigPath;
  readonly value: string;
  readonly isSecret: boolean;
}

/** A deployment of plain compose, as settings describe it. Holds secrets. */
export interface AdoptedDeployment {
  readonly projectName: string;
  readonly folder: string;
  /** Compose files relative to the folder; empty for those that compose finds by itself. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly engine: DockerEndpoint;
  /** Values of the variables in the files. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Makes the settings that describe a deployment, the plain ones first. */
export function settingsOfAdopted(deployment: AdoptedDeployment): AdoptedSetting[] {
  const { projectName, folder, files, profiles, roles, engine, variables } = deployment;
  const plain = (path: ConfigPath, value: string | undefined): AdoptedSetting[] =>
    value === undefined ? [] : [{ path, value, isSecret: false }];
  return [
    ...plain(["projectName"], projectName),
    ...plain(["lagoPath"], folder),
    ...files.flatMap((file, index) => plain(["composeFiles", index], file)),
    ...profiles.flatMap((profile, index) => plain(["profiles", index], profile)),
    ...plain(["adopted"], "true"),
    ...Object.entries(roles).flatMap(([service, role]) => plain(["roles", service], role)),
    ...Object.entries(engine).flatMap(([name, value]) => plain([name], value)),
    ...Object.entries(variables).map(([name, value]) => variableSetting(name, value)),
  ].toSorted((a, b) => Number(a.isSecret) - Number(b.isSecret));
}

/** Adds settings to those that a stack has. */
export function withSettings(
  values: ConfigValues,
  settings: readonly AdoptedSetting[],
): ConfigValues {
  return settings.reduce((all, { path, value }) => withValue(all, path, value), values);
}

/** Settings that say together which files are deployed, so that others beside them would be wrong. */
const WHOLE = ["projectName", "lagoPath", "composeFiles", "profiles", "adopted"] as const;

/** Finds settings of a stack that describe another deployment. */
export function settingConflicts(
  values: ConfigValues,
  settings: readonly AdoptedSetting[],
  stack: string,
): ConfigIssue[] {
  const wanted = withSettings(new Map(), settings);
  const differing = (value: unknown, other: unknown) =>
    value !== undefined && !isDeepStrictEqual(value, other);
  const whole = WHOLE.filter((name) => differing(values.get(name), wanted.get(name)));
  const parts = settings
    .filter(({ path }) => !(WHOLE as readonly unknown[]).includes(path[0]))
    .filter(({ path, value }) => differing(textAt(values, path), value))
    .map(({ path }) => pulumiPath(path));
  return [...whole, ...parts].map((field) => ({
    field,
    message: `has another value in the config of stack ${stack} than the deployment. Remove it: ${zbl("unset", stack, field)}`,
  }));
}

function textAt(values: ConfigValues, path: ConfigPath): string | undefined {
  const value = valueAt(values, path);
  return value === undefined ? undefined : String(value);
}

/** Keys with a field of their own. */
const KEY_FIELDS = ["secretKeyBase", "rsaPrivateKey"] as const satisfies ConfigFieldName[];

function variableSetting(name: string, value: string): AdoptedSetting {
  const field = KEY_FIELDS.find((one) => CONFIG_FIELDS[one].variable === name);
  if (field !== undefined && isKeptAs(field, value)) {
    return { path: [field], value, isSecret: true };
  }
  // Nobody can tell what a variable of another name holds.
  const isKnown = variableByName(name) !== undefined || Object.hasOwn(PORT_VARIABLES, name);
  const isPublic = isKnown && !isSecretName(name);
  return { path: ["environment", name], value, isSecret: !isPublic };
}

/** Whether a field passes a value on unchanged: another text would be another container. */
function isKeptAs(field: ConfigFieldName, value: string): boolean {
  const passed = () => new LagoConfig({ [field]: value }).toEnvVars();
  return (
    issuesIn(passed).length === 0 &&
    passed().some(([name, text]) => name === CONFIG_FIELDS[field].variable && text === value)
  );
}
